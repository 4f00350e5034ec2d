package io.portcullis.domain.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of a login where they have no business: in the query. Many backends read a field there as well as in the body, and some
 * log in by any method; who it is that they let in then, nobody could tell.
 */
public final class QueryFields {
    private static final Pattern BETWEEN_PARAMETERS = Pattern.compile("[&;]");

    /** {@code user[email]}, {@code user.email} and {@code /user/email} are ways of writing one place. */
    private static final Pattern BETWEEN_NAMES = Pattern.compile("[^\\p{Alnum}_-]+");

    private QueryFields() {}

    /** Whether a query names the e-mail or the password of this login, in whatever spelling. */
    public static boolean named(CaptureSettings capture, String query) {
        return named(query, capture.fields().email(), capture.fields().password());
    }

    /** Whether it names the password: without one nobody logs in, and a login page may well be given an e-mail. */
    public static boolean password(CaptureSettings capture, String query) {
        return named(query, capture.fields().password());
    }

    private static boolean named(String query, String... places) {
        var wanted = Stream.of(places)
                .flatMap(place -> names(place).reduce((outer, inner) -> inner).stream())
                .collect(Collectors.toSet());
        return BETWEEN_PARAMETERS
                .splitAsStream(query)
                .map(parameter -> parameter.split("=", 2)[0])
                .anyMatch(name -> isOneOf(wanted, name));
    }

    private static boolean isOneOf(Set<String> wanted, String name) {
        try {
            var once = URLDecoder.decode(name, ISO_8859_1);
            return names(once).anyMatch(wanted::contains);
        } catch (IllegalArgumentException broken) {
            return true; // each program reads it in its own way
        }
    }

    private static Stream<String> names(String place) {
        return Arrays.stream(BETWEEN_NAMES.split(place.toLowerCase(Locale.ROOT), -1))
                .filter(name -> !name.isEmpty());
    }
}
