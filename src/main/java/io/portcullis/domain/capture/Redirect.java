package io.portcullis.domain.capture;

import io.portcullis.domain.login.LegacyAnswer;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a legacy answer sends the browser (RFC 9110, section 10.2.2). */
final class Redirect {
    /** Stands for the origin that the browser sees; nobody can name it. */
    private static final String HERE = "http://here.invalid";

    private Redirect() {}

    /**
     * The path and query that it leads to; empty where there is no {@code Location}, more than one, or one that leads to another
     * origin.
     *
     * @param path of the request
     * @param origins absolute ones that are the backend's or ours, such as {@code https://admin.example.com}, in lower case
     */
    static Optional<URI> of(LegacyAnswer answer, String path, Set<String> origins) {
        var locations = answer.values("Location");
        if (locations.size() != 1) {
            return Optional.empty();
        }
        try {
            var target = URI.create(HERE + path).resolve(locations.getFirst().strip());
            var origin = target.getScheme() + "://" + target.getRawAuthority();
            return Optional.of(target)
                    .filter(local -> origin.equals(HERE) || origins.contains(origin.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException noUri) {
            return Optional.empty();
        }
    }
}
