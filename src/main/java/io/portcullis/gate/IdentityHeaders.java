package io.portcullis.gate;

import io.portcullis.domain.session.Session;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Who a request comes from, as the backend is told. */
final class IdentityHeaders {
    private static final CharSequence SUBJECT = HttpHeaders.createOptimized("X-Auth-Subject");
    private static final CharSequence REALM = HttpHeaders.createOptimized("X-Auth-Realm");
    private static final CharSequence EMAIL = HttpHeaders.createOptimized("X-Auth-Email");
    private static final CharSequence ROLE = HttpHeaders.createOptimized("X-Auth-Role");
    private static final CharSequence AMR = HttpHeaders.createOptimized("X-Auth-Amr");
    private static final CharSequence LEVEL = HttpHeaders.createOptimized("X-Auth-Level");
    private static final CharSequence SESSION = HttpHeaders.createOptimized("X-Auth-Session");

    private IdentityHeaders() {}

    /** Made once a session and kept with it: the hot path only puts them on. {@code amr} values are separated by spaces. */
    static List<Map.Entry<CharSequence, String>> of(Session session) {
        var headers = new ArrayList<Map.Entry<CharSequence, String>>(7);
        headers.add(Map.entry(SUBJECT, fieldValue(session.account().subject())));
        headers.add(Map.entry(REALM, fieldValue(session.account().realm())));
        session.identity().email().ifPresent(email -> headers.add(Map.entry(EMAIL, fieldValue(email))));
        session.identity().role().ifPresent(role -> headers.add(Map.entry(ROLE, fieldValue(role))));
        headers.add(Map.entry(AMR, fieldValue(String.join(" ", session.amr()))));
        headers.add(Map.entry(LEVEL, session.level().wire()));
        headers.add(Map.entry(SESSION, session.fingerprint().publicId()));
        return List.copyOf(headers);
    }

    /**
     * What no header may hold becomes percent-encoded UTF-8: a subject with a line end must not become a second header.
     * So do {@code %} itself and a space at either end, which receivers cut off: two subjects must not become one.
     */
    static String fieldValue(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var encoded = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            boolean atAnEnd = i == 0 || i == bytes.length - 1;
            byte b = bytes[i];
            boolean plain = b > 0x20 && b < 0x7f && b != '%';
            if (plain || (b == ' ' && !atAnEnd)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
