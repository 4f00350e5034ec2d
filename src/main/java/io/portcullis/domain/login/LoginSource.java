package io.portcullis.domain.login;

import io.portcullis.domain.account.Identity;
import io.portcullis.domain.session.Session;
import java.time.Instant;
import java.util.Optional;

/**
 * Vouches for the sessions of its logins, whose credentials nobody else can name: an opaque cookie of a legacy backend,
 * or a token of our own. Blocks; may be called on any virtual thread.
 */
public interface LoginSource {
    /** The name of the source in the config. */
    String name();

    /**
     * Whose the session is today; empty when there is no such account any more.
     *
     * @throws io.portcullis.domain.error.Refused with {@code StoreUnavailable} when the place that knows does not answer
     */
    Optional<Current> current(Session session);

    /** The identity, and how long it may be believed without asking again. */
    record Current(Identity identity, Instant until) {}

    /** A source that remembers nothing but the session: it is as it was at its login. */
    static LoginSource remembering(String name) {
        return new LoginSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<Current> current(Session session) {
                return Optional.of(new Current(session.identity(), session.expiresAt()));
            }
        };
    }
}
