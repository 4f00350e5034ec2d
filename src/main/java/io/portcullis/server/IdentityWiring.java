package io.portcullis.server;

import io.portcullis.adapter.identity.IntrospectionSettings;
import io.portcullis.adapter.identity.IntrospectionSource;
import io.portcullis.adapter.identity.JwtKeys;
import io.portcullis.adapter.identity.JwtSettings;
import io.portcullis.adapter.identity.JwtSource;
import io.portcullis.adapter.identity.PublishedKeys;
import io.portcullis.adapter.legacy.JsonBody;
import io.portcullis.adapter.legacy.LegacyFormats;
import io.portcullis.adapter.oidc.DiscoveredProvider;
import io.portcullis.adapter.oidc.OidcSettings;
import io.portcullis.adapter.oidc.ProviderHttp;
import io.portcullis.adapter.postgres.Postgres;
import io.portcullis.adapter.postgres.PostgresUrl;
import io.portcullis.adapter.postgres.RememberedDirectory;
import io.portcullis.adapter.postgres.SqlDirectory;
import io.portcullis.config.Settings;
import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.CapturedLogin;
import io.portcullis.domain.capture.CredentialOwner;
import io.portcullis.domain.directory.AccountsLogin;
import io.portcullis.domain.directory.AccountsSettings;
import io.portcullis.domain.directory.DirectoryLogin;
import io.portcullis.domain.directory.DirectorySettings;
import io.portcullis.domain.directory.OwnLogin;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.LegacyLogout;
import io.portcullis.domain.login.LoginSource;
import io.portcullis.domain.login.People;
import io.portcullis.domain.oidc.OpenIdProvider;
import io.portcullis.domain.session.IdentitySource;
import io.portcullis.domain.session.SourceSettings;
import io.portcullis.proxy.UpstreamSettings;
import io.portcullis.proxy.Upstreams;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The identity sources of a config file, each kind wired to what it needs; in the order of the file. */
final class IdentityWiring implements AutoCloseable {
    private static final int DIRECTORY_CONNECTIONS = 4;

    private final Settings settings;
    private final Shared shared;
    private final List<IdentitySource> sources = new ArrayList<>();
    private final List<LoginSource> logins = new ArrayList<>();
    private final List<FirstFactor> firstFactors = new ArrayList<>();
    private final List<People> people = new ArrayList<>();
    private final List<OpenIdProvider> providers = new ArrayList<>();
    private final Set<String> cookies = new HashSet<>();
    private final List<Runnable> closing = new ArrayList<>();
    private final LegacyBackends backends;
    private final ProviderHttp providerHttp;
    private final OwnLogin ownLogin;
    private final CapturedLogin capturedLogin;

    /** Throws {@code IllegalArgumentException} for settings that are wrong in a way only their use can tell. */
    IdentityWiring(Settings settings, Shared shared, Upstreams upstreams) {
        this.settings = settings;
        this.shared = shared;
        backends = LegacyBackends.of(shared.vertx(), settings, upstreams);
        providerHttp = new ProviderHttp(shared.vertx());
        ownLogin = new OwnLogin(settings.session(), shared.random(), shared.clock());
        var bodies = new JsonBody();
        capturedLogin = new CapturedLogin(
                LegacyFormats::of,
                bodies,
                new CredentialOwner(bodies, sources, people, settings.session(), shared.clock()),
                sources,
                cookies,
                origins(settings),
                shared.clock());
        settings.identity().forEach(this::add);
    }

    private void add(SourceSettings source) {
        switch (source) {
            case JwtSettings jwt -> add(jwt);
            case IntrospectionSettings introspection -> add(introspection);
            case CaptureSettings capture -> add(capture);
            case AccountsSettings accounts -> add(accounts);
            case DirectorySettings directory -> add(directory);
            case OidcSettings oidc -> add(oidc);
            default -> throw new IllegalArgumentException(source.name() + " is of no kind that is known here");
        }
    }

    private void add(JwtSettings jwt) {
        var keys = switch (jwt.key()) {
            case JwtSettings.Fixed fixed -> JwtKeys.fixed(jwt.algorithm(), fixed.text());
            case JwtSettings.Published published -> PublishedKeys.at(published, jwt, shared.vertx(), shared.clock());
        };
        var tokens = new JwtSource(jwt, keys, settings.session().ttl(), shared.clock());
        sources.add(tokens);
        closing.add(tokens::close);
        jwt.from().stream()
                .filter(place -> place.startsWith(JwtSettings.COOKIE))
                .map(place -> place.substring(JwtSettings.COOKIE.length()))
                .forEach(cookies::add);
    }

    private void add(IntrospectionSettings introspection) {
        var route = IntrospectionSource.at(introspection, settings.session().ttl(), shared.vertx(), shared.clock());
        sources.add(route);
        closing.add(route::close);
        introspection.cookie().ifPresent(cookies::add);
    }

    private void add(CaptureSettings capture) {
        logins.add(LoginSource.remembering(capture.name()));
        firstFactors.add(backends.firstFactor(capture, capturedLogin));
        capture.handOuts().forEach(handOut -> handOut.success().cookie().ifPresent(cookies::add));
    }

    private void add(AccountsSettings accounts) {
        var login = new AccountsLogin(accounts, shared.localAccounts(), shared.passwords(), ownLogin, shared.clock());
        logins.add(login);
        firstFactors.add(login);
        people.add(login);
    }

    private void add(DirectorySettings directory) {
        var postgres = Postgres.openToRead(shared.vertx(), PostgresUrl.of(directory.url()), DIRECTORY_CONNECTIONS);
        closing.add(postgres::close);
        var table = new SqlDirectory(directory.name(), postgres, directory.query(), shared.clock());
        var remembered = new RememberedDirectory(table, directory.cache(), shared.clock());
        var login = new DirectoryLogin(directory, table, remembered, shared.passwords(), ownLogin);
        logins.add(login);
        firstFactors.add(login);
        people.add(login);
    }

    private void add(OidcSettings oidc) {
        var publicUrl = settings.server().publicUrl();
        providers.add(new DiscoveredProvider(
                oidc,
                publicUrl.resolve("/auth/oidc/" + oidc.name() + "/callback"),
                publicUrl.resolve(settings.pages().login()),
                providerHttp,
                shared.clock()));
        logins.add(LoginSource.remembering(oidc.name()));
    }

    /** What may stand before the path of a backend's redirect: the origin that people see, and the backend's own. */
    private static Set<String> origins(Settings settings) {
        var publicUrl = settings.server().publicUrl();
        var origins =
                settings.upstreams().stream().flatMap(IdentityWiring::origins).collect(Collectors.toSet());
        origins.add(publicUrl.getScheme() + "://" + publicUrl.getRawAuthority().toLowerCase(Locale.ROOT));
        return origins;
    }

    private static Stream<String> origins(UpstreamSettings upstream) {
        return upstream.targets().stream()
                .map(target ->
                        upstream.scheme() + "://" + upstream.authority(target).toLowerCase(Locale.ROOT));
    }

    /** Those that name the account behind a credential. */
    List<IdentitySource> sources() {
        return sources;
    }

    /** Those that vouch for sessions of their logins. */
    List<LoginSource> logins() {
        return logins;
    }

    /** Those who judge an e-mail and a password. */
    List<FirstFactor> firstFactors() {
        return firstFactors;
    }

    /** Those at which people log in. */
    List<OpenIdProvider> providers() {
        return providers;
    }

    /** Their names, in the order of the file. */
    List<String> providerNames() {
        return settings.identity(OidcSettings.class).stream()
                .map(OidcSettings::name)
                .toList();
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
        closing.forEach(Runnable::run);
        providerHttp.close();
        backends.close();
    }
}
