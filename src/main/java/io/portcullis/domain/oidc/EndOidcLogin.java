package io.portcullis.domain.oidc;

import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.Logout;
import io.portcullis.domain.session.Session;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Logout here, and then at the OpenID provider (OpenID Connect RP-Initiated Logout 1.0). */
public final class EndOidcLogin {
    private final List<OpenIdProvider> providers;
    private final Logout logout;

    public EndOidcLogin(List<OpenIdProvider> providers, Logout logout) {
        this.providers = List.copyOf(providers);
        this.logout = logout;
    }

    /**
     * Ends the session for good. Where to go then; empty where the provider has no place for it, or does not say now.
     *
     * @throws Refused {@code NoRoute}, with nothing ended, for a source that there is not
     */
    public Optional<URI> end(String source, Session session, Origin origin) {
        var provider = StartOidcLogin.named(source, providers);
        logout.logout(session, origin);
        try {
            return provider.logoutUrl();
        } catch (Refused down) {
            return Optional.empty(); // the session is over in any case
        }
    }
}
