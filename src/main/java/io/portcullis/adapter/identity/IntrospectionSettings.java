package io.portcullis.adapter.identity;

import io.portcullis.domain.session.SourceSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Credentials that a legacy route is asked about.
 *
 * @param name of the source
 * @param realm of the accounts it names
 * @param url the route, which names the account of the caller
 * @param ca certificates in PEM that are trusted in place of the system's
 * @param cookie the one that is the credential; empty for the bearer token
 * @param cache how long an answer is believed, at most 30 s
 * @param timeout for a whole answer
 */
public record IntrospectionSettings(
        String name,
        String realm,
        URI url,
        Optional<String> ca,
        Optional<String> cookie,
        Duration cache,
        Duration timeout,
        Claims claims)
        implements SourceSettings {
    /** Where the answer has what: a member's name, or a JSON pointer (RFC 6901). */
    public record Claims(String subject, String email, String role) {}

    public IntrospectionSettings {
        if (cache.isNegative() || cache.compareTo(Duration.ofSeconds(30)) > 0) {
            throw new IllegalArgumentException("cache is from 0s to 30s");
        }
        if (timeout.compareTo(Duration.ofMillis(100)) < 0 || timeout.compareTo(Duration.ofSeconds(10)) > 0) {
            throw new IllegalArgumentException("timeout is from 100ms to 10s");
        }
    }

    @Override
    public String toString() {
        return "IntrospectionSettings[" + name + "]";
    }
}
