package io.portcullis.domain.oidc;

import java.time.Duration;
import java.util.Optional;

/**
 * Logins that are under way at an OpenID provider, by their {@code state}; kept encrypted, forgotten after their time.
 * Every method blocks, may be called on any virtual thread, and throws {@link io.portcullis.domain.error.Refused} with
 * {@code StoreUnavailable} when the store does not answer in time.
 */
public interface OidcLogins {
    void store(String state, OidcLogin login, Duration ttl);

    /** Hands the login out to exactly one caller; empty when the state is unknown, expired or used. */
    Optional<OidcLogin> take(String state);
}
