package io.portcullis.gate;

import io.portcullis.domain.session.Session;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * {@code X-Auth-Assertion}: who a request comes from, signed, so that a backend can refuse what did not come through the
 * gate. One that was signed is used again for half its life, so that the hot path signs seldom. For any thread.
 */
public final class Assertions {
    private static final CharSequence HEADER = HttpHeaders.createOptimized("X-Auth-Assertion");

    private final Function<JsonObject, String> signer;
    private final Map<String, String> audiences;
    private final String issuer;
    private final Duration life;
    private final InstantSource clock;

    /**
     * The assertions of one config file.
     *
     * @param signer makes a JWT of its claims
     * @param audiences by upstream; to an upstream without one nothing is asserted
     */
    public Assertions(
            Function<JsonObject, String> signer,
            Map<String, String> audiences,
            URI publicUrl,
            Duration life,
            InstantSource clock) {
        this.signer = signer;
        this.audiences = Map.copyOf(audiences);
        this.issuer = publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
        this.life = life;
        this.clock = clock;
    }

    /** Who a session is, ready to be put on requests; kept as long as its passport is. */
    Stamp of(Session session) {
        return new Stamp(session);
    }

    /** The identity headers of one session. */
    final class Stamp {
        private final Session session;
        private final List<Map.Entry<CharSequence, String>> plain;
        private final Map<String, Signed> byUpstream = new ConcurrentHashMap<>(2);

        private Stamp(Session session) {
            this.session = session;
            this.plain = IdentityHeaders.of(session);
        }

        private record Signed(List<Map.Entry<CharSequence, String>> headers, long at) {}

        List<Map.Entry<CharSequence, String>> forUpstream(String upstream) {
            var audience = audiences.get(upstream);
            if (audience == null) {
                return plain;
            }
            long now = clock.millis();
            var known = byUpstream.get(upstream);
            if (known == null || Math.abs(now - known.at()) >= life.toMillis() / 2) {
                var headers = new ArrayList<>(plain);
                headers.add(Map.entry(HEADER, signer.apply(claims(session, audience))));
                known = new Signed(List.copyOf(headers), now);
                byUpstream.put(upstream, known);
            }
            return known.headers();
        }
    }

    /** RFC 7519, section 4.1; {@code acr} and {@code amr} as in OpenID Connect Core, section 2. */
    private JsonObject claims(Session session, String audience) {
        var now = clock.instant();
        var claims = new JsonObject()
                .put("iss", issuer)
                .put("aud", audience)
                .put("sub", session.account().subject())
                .put("realm", session.account().realm());
        session.identity().email().ifPresent(email -> claims.put("email", email));
        session.identity().role().ifPresent(role -> claims.put("role", role));
        session.verifiedAt().ifPresent(at -> claims.put("auth_time", at.getEpochSecond()));
        return claims.put("amr", new JsonArray(session.amr()))
                .put("acr", session.level().wire())
                .put("sid", session.fingerprint().publicId())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(life).getEpochSecond());
    }
}
