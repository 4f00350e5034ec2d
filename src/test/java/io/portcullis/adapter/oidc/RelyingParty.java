package io.portcullis.adapter.oidc;

import static io.portcullis.testing.LyingProvider.NONCE;
import static io.portcullis.testing.Refusals.problemOf;

import io.portcullis.domain.account.Identity;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.oidc.OidcLogin;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.testing.LyingProvider;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Us, as the client of a provider that lies. */
final class RelyingParty implements AutoCloseable {
    static final String VERIFIER = "verifier-0123456789-0123456789-0123456789-0";
    static final OidcLogin LOGIN = new OidcLogin("sso", NONCE, VERIFIER, "/", Fingerprint.of("browser"));

    private final LyingProvider liar = LyingProvider.start();
    private final ProviderHttp http = new ProviderHttp(Stores.vertx());
    private final TestClock clock = new TestClock(Instant.now());
    private final DiscoveredProvider provider = provider(Optional.empty());

    LyingProvider liar() {
        return liar;
    }

    TestClock clock() {
        return clock;
    }

    /** That of {@link #redeem()}; its settings name no roles. */
    DiscoveredProvider provider() {
        return provider;
    }

    /** Another, that has fetched nothing yet. */
    DiscoveredProvider provider(Optional<OidcSettings.Roles> roles) {
        var settings = new OidcSettings(
                "sso",
                "staff",
                URI.create(liar.issuer()),
                "portcullis",
                "the secret",
                List.of("email", "profile"),
                roles);
        return new DiscoveredProvider(
                settings,
                URI.create("https://admin.example.com/auth/oidc/sso/callback"),
                URI.create("https://admin.example.com/login"),
                http,
                clock);
    }

    Identity redeem() {
        return provider.redeem("the-code", LOGIN);
    }

    Problem refusal() {
        return problemOf(this::redeem);
    }

    @Override
    public void close() {
        http.close();
        liar.close();
    }
}
