package io.portcullis.server;

import io.portcullis.adapter.identity.JwtSettings;
import io.portcullis.adapter.identity.JwtSource;
import io.portcullis.adapter.legacy.JsonFormat;
import io.portcullis.adapter.oidc.DiscoveredProvider;
import io.portcullis.adapter.oidc.OidcSettings;
import io.portcullis.adapter.oidc.ProviderHttp;
import io.portcullis.config.Settings;
import io.portcullis.domain.login.CaptureSettings;
import io.portcullis.domain.login.CapturedLogin;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.LegacyLogout;
import io.portcullis.domain.login.LoginSource;
import io.portcullis.domain.login.OpenIdProvider;
import io.portcullis.domain.login.People;
import io.portcullis.domain.session.IdentitySource;
import io.portcullis.domain.session.SourceSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The identity sources of a config file, each kind wired to what it needs; in the order of the file. */
final class IdentityWiring implements AutoCloseable {
    private final List<IdentitySource> sources = new ArrayList<>();
    private final List<LoginSource> logins = new ArrayList<>();
    private final List<FirstFactor> firstFactors = new ArrayList<>();
    private final List<People> people = new ArrayList<>();
    private final Set<String> cookies = new HashSet<>();
    private final List<OpenIdProvider> providers = new ArrayList<>();
    private final ProviderHttp providerHttp;
    private final LegacyBackends backends;
    private final CapturedLogin capturedLogin;

    /** Throws {@code IllegalArgumentException} for settings that are wrong in a way only their use can tell. */
    IdentityWiring(Settings settings, Shared shared) {
        providerHttp = new ProviderHttp(shared.vertx());
        backends = LegacyBackends.of(shared.vertx(), settings);
        var format = new JsonFormat();
        capturedLogin = new CapturedLogin(format, sources, settings.session(), shared.clock());
        for (var source : settings.identity()) {
            add(source, settings, shared);
        }
        firstFactors.addAll(backends.firstFactors(format, capturedLogin));
    }

    private void add(SourceSettings source, Settings settings, Shared shared) {
        switch (source) {
            case JwtSettings jwt -> {
                sources.add(new JwtSource(jwt, shared.clock()));
                jwt.from().stream()
                        .filter(place -> place.startsWith(JwtSettings.COOKIE))
                        .map(place -> place.substring(JwtSettings.COOKIE.length()))
                        .forEach(cookies::add);
            }
            case CaptureSettings capture -> logins.add(LoginSource.remembering(capture.name()));
            case OidcSettings oidc -> {
                providers.add(provider(oidc, settings, shared));
                logins.add(LoginSource.remembering(oidc.name()));
            }
            default -> throw new IllegalArgumentException(source.name() + " is of no kind that is known here");
        }
    }

    private OpenIdProvider provider(OidcSettings oidc, Settings settings, Shared shared) {
        var publicUrl = settings.server().publicUrl();
        return new DiscoveredProvider(
                oidc,
                publicUrl.resolve("/auth/oidc/" + oidc.name() + "/callback"),
                publicUrl.resolve(settings.pages().login()),
                providerHttp,
                shared.clock());
    }

    /** Those at which people log in. */
    List<OpenIdProvider> providers() {
        return providers;
    }

    List<IdentitySource> sources() {
        return sources;
    }

    List<LoginSource> logins() {
        return logins;
    }

    /** Those who judge an e-mail and a password. */
    List<FirstFactor> firstFactors() {
        return firstFactors;
    }

    List<People> people() {
        return people;
    }

    CapturedLogin capturedLogin() {
        return capturedLogin;
    }

    LegacyLogout legacyLogout() {
        return backends.logout();
    }

    /** The cookies, besides our own, that may hold a credential. */
    Set<String> credentialCookies() {
        return cookies;
    }

    @Override
    public void close() {
        providerHttp.close();
        backends.close();
    }
}
