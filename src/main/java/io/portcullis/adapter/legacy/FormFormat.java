package io.portcullis.adapter.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.FieldNames;
import io.portcullis.domain.capture.LegacyFormat;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;

/** A legacy login that is asked by an HTML form: {@code application/x-www-form-urlencoded} in UTF-8. */
final class FormFormat implements LegacyFormat {
    /**
     * Empty where several fields could be taken for it: programs take the first, the last or a list. Empty also where the body has a broken escape or one that is no UTF-8, which each program reads in its own way, or a
     * semicolon, which separates fields for some.
     */
    @Override
    public Optional<String> email(CaptureSettings capture, byte[] requestBody) {
        var body = new String(requestBody, StandardCharsets.ISO_8859_1);
        if (body.indexOf(';') >= 0) {
            return Optional.empty();
        }
        var wanted = capture.fields().email();
        var candidates = new ArrayList<Field>();
        for (var pair : body.split("&", -1)) {
            var field = field(pair);
            if (field.isEmpty()) {
                return Optional.empty();
            }
            field.filter(one -> FieldNames.mayBe(one.name(), wanted)).ifPresent(candidates::add);
        }
        return candidates.size() == 1 && candidates.getFirst().name().equals(wanted)
                ? Optional.of(candidates.getFirst().value()).filter(email -> !email.isEmpty())
                : Optional.empty();
    }

    @Override
    public byte[] request(CaptureSettings capture, String email, String password) {
        var fields = capture.fields();
        return (encoded(fields.email(), email) + "&" + encoded(fields.password(), password)).getBytes(UTF_8);
    }

    @Override
    public String contentType() {
        return "application/x-www-form-urlencoded";
    }

    @Override
    public String accept() {
        return "text/html, */*;q=0.8";
    }

    private static String encoded(String name, String value) {
        return URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8);
    }

    private record Field(String name, String value) {}

    private static Optional<Field> field(String pair) {
        int equals = pair.indexOf('=');
        var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        var value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
        return name.flatMap(known -> value.map(text -> new Field(known, text)));
    }

    private static Optional<String> decoded(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        try {
            return Optional.of(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
