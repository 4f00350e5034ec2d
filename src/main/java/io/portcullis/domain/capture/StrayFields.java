package io.portcullis.domain.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URLDecoder;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The fields of a login where they have no business: in the query, or in cookies. Many backends read a field there as well as in the
 * body, and some log in by any method; who it is that they let in then, nobody could tell.
 */
public final class StrayFields {
    private static final Pattern BETWEEN_PARAMETERS = Pattern.compile("[&;]");

    private StrayFields() {}

    /** Whether a query names the e-mail or the password of this login, in whatever spelling. */
    public static boolean named(CaptureSettings capture, String query) {
        return parameters(query).anyMatch(name -> isField(capture, name));
    }

    /** Whether it names the password: without one nobody logs in, and a login page may well be given an e-mail. */
    public static boolean password(CaptureSettings capture, String query) {
        return parameters(query).anyMatch(name -> mayBe(name, capture.fields().password()));
    }

    /** Whether a name, percent-encoded or not, may be read as the e-mail or the password of this login. */
    public static boolean isField(CaptureSettings capture, String name) {
        return mayBe(name, capture.fields().email())
                || mayBe(name, capture.fields().password());
    }

    private static Stream<String> parameters(String query) {
        return BETWEEN_PARAMETERS
                .splitAsStream(query)
                .map(parameter -> parameter.split("=", 2)[0]);
    }

    private static boolean mayBe(String name, String wanted) {
        try {
            return FieldNames.mayBe(URLDecoder.decode(name, ISO_8859_1), wanted);
        } catch (IllegalArgumentException broken) {
            return true; // each program reads it in its own way
        }
    }
}
