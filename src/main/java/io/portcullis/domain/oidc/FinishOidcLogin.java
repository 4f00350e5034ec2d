package io.portcullis.domain.oidc;

import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.AdmitLogin;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.OwnToken;
import io.portcullis.domain.session.SessionSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What the browser brings back from an OpenID provider becomes a login of ours; the second factor is the gateway's. */
public final class FinishOidcLogin {
    private final List<OpenIdProvider> providers;
    private final OidcLogins logins;
    private final AdmitLogin admitLogin;
    private final SessionSettings settings;
    private final SecureRandom random;
    private final InstantSource clock;

    public FinishOidcLogin(
            List<OpenIdProvider> providers,
            OidcLogins logins,
            AdmitLogin admitLogin,
            SessionSettings settings,
            SecureRandom random,
            InstantSource clock) {
        this.providers = List.copyOf(providers);
        this.logins = logins;
        this.admitLogin = admitLogin;
        this.settings = settings;
        this.random = random;
        this.clock = clock;
    }

    /**
     * The answer of a provider as the browser brings it. Prints itself hidden.
     *
     * @param code empty where the provider refused
     * @param browserSecret of the cookie that the start set
     */
    public record Callback(
            String source,
            String state,
            Optional<String> issuer,
            Optional<String> code,
            Optional<String> browserSecret) {
        @Override
        public String toString() {
            return "Callback[" + source + "]";
        }
    }

    /** What came of the login, and the local path that the person wanted to go to. */
    public record Finished(AdmitLogin.Outcome outcome, String next) {}

    /**
     * Ends the login under way, whatever comes of it: a state is good for one answer, also where the provider is down then.
     *
     * @param deviceToken of the cookie of a remembered device
     * @throws Refused {@code NoRoute} for a source that there is not, {@code TokenInvalid} for an answer to no login of this
     *     browser or one that proves nothing, {@code AuthRequired} when the provider let nobody in
     */
    public Finished finish(Callback callback, Optional<String> deviceToken, Origin origin) {
        var provider = StartOidcLogin.named(callback.source(), providers);
        var login = logins.take(callback.state())
                .filter(one -> one.source().equals(provider.source()))
                .filter(one -> isOf(one, callback.browserSecret()))
                .filter(one -> provider.answered(callback.issuer()))
                .orElseThrow(() -> new Refused(new Problem.TokenInvalid(Action.RESTART_LOGIN)));
        var code = callback.code().orElseThrow(() -> new Refused(new Problem.AuthRequired()));
        var identity = provider.redeem(code, login);
        var token = OwnToken.random(random);
        var admitted = new FirstFactor.Admitted(
                identity,
                provider.source(),
                List.of(), // RFC 8176 has no value for it, and what the provider says of itself is not our proof
                token.value(),
                token.credential(clock.instant().plus(settings.ttl())),
                Optional.empty());
        return new Finished(admitLogin.admit(admitted, false, deviceToken, origin), login.next());
    }

    private static boolean isOf(OidcLogin login, Optional<String> browserSecret) {
        return browserSecret
                .filter(secret -> Fingerprint.of(secret).sameAs(login.browser()))
                .isPresent();
    }
}
