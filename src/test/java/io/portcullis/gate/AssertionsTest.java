package io.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.session.Session;
import io.portcullis.testing.TestClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AssertionsTest {
    private static final URI PUBLIC_URL = URI.create("https://admin.example.com");

    static final Assertions NONE = new Assertions(
            claims -> {
                throw new AssertionError("nothing is signed");
            },
            Map.of(),
            PUBLIC_URL,
            Duration.ofSeconds(60),
            () -> Callers.NOW);

    private final TestClock clock = new TestClock(Callers.NOW);
    private final AtomicInteger signed = new AtomicInteger();
    private final Session session = Callers.session(
            "credential",
            Callers.ALICE,
            Optional.of("alice@example.com"),
            Optional.of("admin"),
            Map.of(Method.TOTP, Callers.NOW));
    private final Assertions assertions = new Assertions(
            claims -> signed.incrementAndGet() + claims.encode(),
            Map.of("legacy", "admin-api"),
            PUBLIC_URL,
            Duration.ofSeconds(60),
            clock);

    @Test
    void saysWhoItIsForWhomAndForHowLong() {
        var claims = new JsonObject(assertion(assertions.of(session)).substring(1));
        long now = Callers.NOW.getEpochSecond();
        assertThat(claims)
                .isEqualTo(new JsonObject()
                        .put("iss", "https://admin.example.com")
                        .put("aud", "admin-api")
                        .put("sub", "alice")
                        .put("realm", "admin")
                        .put("email", "alice@example.com")
                        .put("role", "admin")
                        .put("auth_time", now)
                        .put("amr", new JsonArray(List.of("pwd", "otp")))
                        .put("acr", "two-factor")
                        .put("sid", session.fingerprint().publicId())
                        .put("iat", now)
                        .put("exp", now + 60));
    }

    @Test
    void anUpstreamWithoutAnAudienceGetsNone() {
        assertThat(names(assertions.of(session), "other")).doesNotContain("X-Auth-Assertion");
    }

    @Test
    void isSignedAnewAtHalfItsLifeAndNoSooner() {
        var stamp = assertions.of(session);
        var first = assertion(stamp);
        clock.advance(Duration.ofSeconds(29));
        assertThat(assertion(stamp)).isEqualTo(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(assertion(stamp)).isNotEqualTo(first);
        assertThat(signed).hasValue(2);
    }

    private static List<String> names(Assertions.Stamp stamp, String upstream) {
        return stamp.forUpstream(upstream).stream()
                .map(header -> header.getKey().toString())
                .toList();
    }

    private static String assertion(Assertions.Stamp stamp) {
        return stamp.forUpstream("legacy").stream()
                .filter(header -> header.getKey().toString().equals("X-Auth-Assertion"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }
}
