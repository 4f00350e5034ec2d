package io.portcullis.server;

import io.portcullis.adapter.identity.IntrospectionSettings;
import io.portcullis.adapter.identity.IntrospectionSource;
import io.portcullis.adapter.identity.JwtKeys;
import io.portcullis.adapter.identity.JwtSettings;
import io.portcullis.adapter.identity.JwtSource;
import io.portcullis.adapter.identity.PublishedKeys;
import io.portcullis.adapter.legacy.JsonBody;
import io.portcullis.adapter.legacy.LegacyFormats;
import io.portcullis.config.Settings;
import io.portcullis.domain.login.CaptureSettings;
import io.portcullis.domain.login.CapturedLogin;
import io.portcullis.domain.login.CredentialOwner;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.LegacyLogout;
import io.portcullis.domain.login.LoginSource;
import io.portcullis.domain.login.People;
import io.portcullis.domain.session.IdentitySource;
import io.portcullis.domain.session.SourceSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The identity sources of a config file, each kind wired to what it needs; in the order of the file. */
final class IdentityWiring implements AutoCloseable {
    private final List<IdentitySource> sources = new ArrayList<>();
    private final List<LoginSource> logins = new ArrayList<>();
    private final List<FirstFactor> firstFactors = new ArrayList<>();
    private final List<People> people = new ArrayList<>();
    private final List<Runnable> asking = new ArrayList<>();
    private final Set<String> cookies = new HashSet<>();
    private final LegacyBackends backends;
    private final CapturedLogin capturedLogin;

    /** Throws {@code IllegalArgumentException} for settings that are wrong in a way only their use can tell. */
    IdentityWiring(Settings settings, Shared shared) {
        backends = LegacyBackends.of(shared.vertx(), settings);
        var bodies = new JsonBody();
        capturedLogin = new CapturedLogin(
                LegacyFormats::of,
                bodies,
                new CredentialOwner(bodies, sources, people, settings.session(), shared.clock()),
                sources,
                cookies,
                origins(settings),
                shared.clock());
        for (var source : settings.identity()) {
            add(source, settings, shared);
        }
        firstFactors.addAll(backends.firstFactors(capturedLogin));
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
            case CaptureSettings capture -> {
                logins.add(LoginSource.remembering(capture.name()));
                capture.handOuts().forEach(handOut -> handOut.success().cookie().ifPresent(cookies::add));
            }
            case IntrospectionSettings introspection -> {
                var route = IntrospectionSource.at(introspection, ttl, shared.vertx(), shared.clock());
                sources.add(route);
                asking.add(route::close);
                introspection.cookie().ifPresent(cookies::add);
            }
            default -> throw new IllegalArgumentException(source.name() + " is of no kind that is known here");
        }
    }

    /** What may stand before the path of a backend's redirect: the origin that people see, and the backend's own. */
    private static Set<String> origins(Settings settings) {
        var publicUrl = settings.server().publicUrl();
        var origins = new HashSet<String>();
        origins.add(publicUrl.getScheme() + "://" + publicUrl.getRawAuthority().toLowerCase(Locale.ROOT));
        for (var upstream : settings.upstreams()) {
            var origin = "http://" + upstream.host().toLowerCase(Locale.ROOT);
            origins.add(upstream.port() == 80 ? origin : origin + ":" + upstream.port());
        }
        return origins;
    }

    private static JwtKeys keys(JwtSettings jwt, Shared shared) {
        return switch (jwt.key()) {
            case JwtSettings.Fixed fixed -> JwtKeys.fixed(jwt.algorithm(), fixed.text());
            case JwtSettings.Published published -> PublishedKeys.at(published, jwt, shared.vertx(), shared.clock());
        };
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
        backends.close();
    }
}
