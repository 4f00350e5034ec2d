package io.portcullis.domain.login;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** An HTTP answer of the legacy backend as it came: repeated headers in their order, the body byte for byte. Holds credentials, so it prints itself hidden. */
public final class LegacyAnswer {
    private final int status;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;

    public LegacyAnswer(int status, List<Map.Entry<String, String>> headers, byte[] body) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body.clone();
    }

    public int status() {
        return status;
    }

    /** Whether a gateway before the backend says that it is out (RFC 9110, sections 15.6.3 to 15.6.5). Any other answer is the backend's own. */
    public boolean isOutage() {
        return status >= 502 && status <= 504;
    }

    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** Every value of a header, in its order. */
    public List<String> values(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Whether a cookie that it sets is this credential. */
    public boolean setsCookie(String credential) {
        return setCookieOf(credential).isPresent();
    }

    /** The {@code Set-Cookie} line whose value is this credential, where a cookie holds it. */
    Optional<String> setCookieOf(String credential) {
        return values("Set-Cookie").stream()
                .filter(line -> SetCookie.of(line, Instant.EPOCH)
                        .filter(cookie -> cookie.value().equals(credential))
                        .isPresent())
                .findFirst();
    }

    /** This answer without some of its headers. */
    public LegacyAnswer without(Predicate<Map.Entry<String, String>> dropped) {
        return new LegacyAnswer(
                status, headers.stream().filter(dropped.negate()).toList(), body);
    }

    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return "LegacyAnswer[hidden]";
    }
}
