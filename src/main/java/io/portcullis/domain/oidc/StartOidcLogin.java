package io.portcullis.domain.oidc;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.limits.ClientNetwork;
import io.portcullis.domain.limits.Policy;
import io.portcullis.domain.limits.Rate;
import io.portcullis.domain.limits.RateLimiter;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Fingerprint;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Leads a browser to an OpenID provider, so that its answer can be told from any other. */
public final class StartOidcLogin {
    /** How long a person may take there. */
    public static final Duration TTL = Duration.ofMinutes(10);

    private static final int SECRET_BYTES = 32;

    private final List<OpenIdProvider> providers;
    private final OidcLogins logins;
    private final RateLimiter limiter;
    private final Policy policy;
    private final SecureRandom random;

    /** @param starts how many logins may be begun from one address: each is kept for its time, whoever began it */
    public StartOidcLogin(
            List<OpenIdProvider> providers, OidcLogins logins, RateLimiter limiter, Rate starts, SecureRandom random) {
        this.providers = List.copyOf(providers);
        this.logins = logins;
        this.limiter = limiter;
        this.policy = new Policy("oidc-start", starts);
        this.random = random;
    }

    /** {@code browserSecret} binds the login to the browser, in a cookie. Prints itself hidden. */
    public record Started(URI authorizationUrl, String browserSecret) {
        @Override
        public String toString() {
            return "Started[hidden]";
        }
    }

    /**
     * Begins a login.
     *
     * @param next the local path that the person wants to go to
     * @throws Refused {@code NoRoute} for a source that there is not, {@code RateLimited}, and what the provider throws
     */
    public Started start(String source, String next, Client client) {
        var provider = named(source, providers);
        limiter.take(policy, ClientNetwork.of(client.address())).orThrow();
        var state = secret();
        var browserSecret = secret();
        var login = new OidcLogin(source, secret(), secret(), next, Fingerprint.of(browserSecret));
        var url = provider.authorizationUrl(state, login); // before anything is kept of it: the provider may be down
        logins.store(state, login, TTL);
        return new Started(url, browserSecret);
    }

    static OpenIdProvider named(String source, List<OpenIdProvider> providers) {
        return providers.stream()
                .filter(provider -> provider.source().equals(source))
                .findFirst()
                .orElseThrow(() -> new Refused(new Problem.NoRoute()));
    }

    private String secret() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
