package io.portcullis.server;

import io.portcullis.adapter.identity.IntrospectionSettings;
import io.portcullis.adapter.identity.IntrospectionSource;
import io.portcullis.adapter.identity.JwtKeys;
import io.portcullis.adapter.identity.JwtSettings;
import io.portcullis.adapter.identity.JwtSource;
import io.portcullis.adapter.identity.PublishedKeys;
import io.portcullis.adapter.legacy.JsonFormat;
import io.portcullis.adapter.oidc.DiscoveredProvider;
import io.portcullis.adapter.oidc.OidcSettings;
import io.portcullis.adapter.oidc.ProviderHttp;
import io.portcullis.adapter.postgres.Postgres;
import io.portcullis.adapter.postgres.PostgresUrl;
import io.portcullis.adapter.postgres.RememberedDirectory;
import io.portcullis.adapter.postgres.SqlDirectory;
import io.portcullis.config.Settings;
import io.portcullis.domain.login.AccountsLogin;
import io.portcullis.domain.login.AccountsSettings;
import io.portcullis.domain.login.CaptureSettings;
import io.portcullis.domain.login.CapturedLogin;
import io.portcullis.domain.login.DirectoryLogin;
import io.portcullis.domain.login.DirectorySettings;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.LegacyFormat;
import io.portcullis.domain.login.LegacyLogout;
import io.portcullis.domain.login.LoginSource;
import io.portcullis.domain.login.OpenIdProvider;
import io.portcullis.domain.login.OwnLogin;
import io.portcullis.domain.login.People;
import io.portcullis.domain.session.IdentitySource;
import io.portcullis.domain.session.SourceSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The identity sources of a config file, each kind wired to what it needs; in the order of the file. */
final class IdentityWiring implements AutoCloseable {
    /** The database is somebody else's, who counts them. */
    private static final int DIRECTORY_CONNECTIONS = 4;

    private final List<IdentitySource> sources = new ArrayList<>();
    private final List<LoginSource> logins = new ArrayList<>();
    private final List<FirstFactor> firstFactors = new ArrayList<>();
    private final List<People> people = new ArrayList<>();
    private final List<Runnable> asking = new ArrayList<>();
    private final Set<String> cookies = new HashSet<>();
    private final List<Postgres> directories = new ArrayList<>();
    private final LegacyFormat format = new JsonFormat();
    private final OwnLogin ownLogin;
    private final List<OpenIdProvider> providers = new ArrayList<>();
    private final ProviderHttp providerHttp;
    private final LegacyBackends backends;
    private final CapturedLogin capturedLogin;

    /** Throws {@code IllegalArgumentException} for settings that are wrong in a way only their use can tell. */
    IdentityWiring(Settings settings, Shared shared) {
        providerHttp = new ProviderHttp(shared.vertx());
        backends = LegacyBackends.of(shared.vertx(), settings);
        capturedLogin = new CapturedLogin(format, sources, settings.session(), shared.clock());
        ownLogin = new OwnLogin(settings.session(), shared.random(), shared.clock());
        for (var source : settings.identity()) {
            add(source, settings, shared);
        }
    }

    private void add(SourceSettings source, Settings settings, Shared shared) {
        var ttl = settings.session().ttl();
        switch (source) {
            case JwtSettings jwt -> {
                var tokens = new JwtSource(jwt, keys(jwt, shared), ttl, shared.clock());
                sources.add(tokens);
                asking.add(tokens::close);
                jwt.from().stream()
                        .filter(place -> place.startsWith(JwtSettings.COOKIE))
                        .map(place -> place.substring(JwtSettings.COOKIE.length()))
                        .forEach(cookies::add);
            }
            case IntrospectionSettings introspection -> {
                var route = IntrospectionSource.at(introspection, ttl, shared.vertx(), shared.clock());
                sources.add(route);
                asking.add(route::close);
                introspection.cookie().ifPresent(cookies::add);
            }
            case CaptureSettings capture -> {
                logins.add(LoginSource.remembering(capture.name()));
                firstFactors.add(backends.firstFactor(capture, format, capturedLogin));
            }
            case AccountsSettings accounts -> {
                var login = new AccountsLogin(
                        accounts, shared.localAccounts(), shared.passwords(), ownLogin, shared.clock());
                logins.add(login);
                firstFactors.add(login);
                people.add(login);
            }
            case DirectorySettings directory -> {
                var login = directory(directory, shared);
                logins.add(login);
                firstFactors.add(login);
                people.add(login);
            }
            case OidcSettings oidc -> {
                providers.add(provider(oidc, settings, shared));
                logins.add(LoginSource.remembering(oidc.name()));
            }
            default -> throw new IllegalArgumentException(source.name() + " is of no kind that is known here");
        }
    }

    private static JwtKeys keys(JwtSettings jwt, Shared shared) {
        return switch (jwt.key()) {
            case JwtSettings.Fixed fixed -> JwtKeys.fixed(jwt.algorithm(), fixed.text());
            case JwtSettings.Published published -> PublishedKeys.at(published, jwt, shared.vertx(), shared.clock());
        };
    }

    private DirectoryLogin directory(DirectorySettings settings, Shared shared) {
        var postgres = Postgres.openToRead(shared.vertx(), PostgresUrl.of(settings.url()), DIRECTORY_CONNECTIONS);
        directories.add(postgres);
        var directory = new SqlDirectory(settings.name(), postgres, settings.query(), shared.clock());
        var remembered = new RememberedDirectory(directory, settings.cache(), shared.clock());
        return new DirectoryLogin(settings, directory, remembered, shared.passwords(), ownLogin);
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
        asking.forEach(Runnable::run);
        providerHttp.close();
        backends.close();
        directories.forEach(Postgres::close);
    }
}
