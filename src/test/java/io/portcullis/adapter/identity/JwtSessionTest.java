package io.portcullis.adapter.identity;

import static io.portcullis.adapter.identity.Tokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.IdentitySource.Recognized;
import io.portcullis.testing.TestClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Tokens of one legacy session, and tokens that name their realm. */
class JwtSessionTest {
    private static final String SECRET = "a secret of the legacy backend, long enough";

    private final TestClock clock = new TestClock(NOW);
    private final JwtSource source = Tokens.source(
            "HS256",
            JwtKeys.fixed("HS256", SECRET),
            new JwtSettings.Claims(
                    "sub", Optional.empty(), Optional.empty(), Optional.of("sid"), Optional.of("/realm/name")),
            Set.of("admin", "user"),
            clock);

    private Optional<Recognized> recognize(UnaryOperator<JsonObject> change) {
        var claims = Tokens.claims();
        claims.getJsonObject("realm").put("name", "admin");
        return source.recognize(Tokens.hmac("HmacSHA256", SECRET, Tokens.HEADER, change.apply(claims)));
    }

    private Fingerprint fingerprint(UnaryOperator<JsonObject> change) {
        return recognize(change).orElseThrow().credential().fingerprint();
    }

    @Test
    void allTokensOfASessionAreOneCredential() {
        var first = recognize(c -> c.put("sid", "s1")).orElseThrow();
        clock.advance(Duration.ofMinutes(30));
        var second = recognize(c -> c.put("sid", "s1")
                        .put("iat", NOW.getEpochSecond() + 1800)
                        .put("exp", NOW.getEpochSecond() + 5400))
                .orElseThrow();
        assertThat(second.credential().fingerprint())
                .isEqualTo(first.credential().fingerprint());
        assertThat(first.until()).isEqualTo(NOW.plusSeconds(3630));
        assertThat(second.until()).isEqualTo(NOW.plusSeconds(5430));
        assertThat(first.credential().expiresAt()).isAfter(NOW.plus(Tokens.TTL));
    }

    @Test
    void anotherSessionAccountOrRealmIsAnotherCredential() {
        var one = fingerprint(c -> c.put("sid", "s1"));
        assertThat(fingerprint(c -> c.put("sid", "s2"))).isNotEqualTo(one);
        assertThat(fingerprint(c -> c.put("sid", "s1").put("sub", "43"))).isNotEqualTo(one);
        assertThat(fingerprint(c -> c.put("sid", "s1").put("realm", JsonObject.of("name", "user"))))
                .isNotEqualTo(one);
        // what is joined cannot be cut elsewhere
        assertThat(fingerprint(c -> c.put("sub", "4").put("sid", "2s1"))).isNotEqualTo(one);
    }

    @Test
    void aNumberIsASessionToo() {
        assertThat(fingerprint(c -> c.put("sid", 7)))
                .isEqualTo(fingerprint(c -> c.put("sid", "7").put("x", 1)));
    }

    @Test
    void aTokenWithoutSessionIsItsOwnCredential() {
        var one = recognize(c -> c).orElseThrow();
        assertThat(fingerprint(c -> c.put("x", 1)))
                .isNotEqualTo(one.credential().fingerprint());
        assertThat(one.credential().expiresAt()).isEqualTo(one.until());
        assertThat(fingerprint(c -> c.putNull("sid").put("x", 1)))
                .isNotEqualTo(one.credential().fingerprint());
    }

    @Test
    void aSessionThatIsNoneIsRefused() {
        assertThat(recognize(c -> c.put("sid", ""))).isEmpty();
        assertThat(recognize(c -> c.put("sid", new JsonArray()))).isEmpty();
        assertThat(recognize(c -> c.put("sid", "a\nb"))).isEmpty();
        assertThat(recognize(c -> c.put("sid", "s".repeat(256)))).isEmpty();
    }

    @Test
    void theSessionWasMadeAtItsLogin() {
        var login = NOW.minusSeconds(500);
        assertThat(recognize(c -> c.put("sid", "s1").put("auth_time", login.getEpochSecond()))
                        .orElseThrow()
                        .issuedAt())
                .contains(login);
        assertThat(recognize(c -> c.put("sid", "s1")).orElseThrow().issuedAt()).contains(NOW);
    }

    @Test
    void anExpiredTokenOfASessionIsExpired() {
        clock.advance(Duration.ofSeconds(3630));
        assertThatThrownBy(() -> recognize(c -> c.put("sid", "s1"))).hasMessage("SESSION_EXPIRED");
    }

    @Test
    void theRealmIsOneOfThoseInTheConfig() {
        assertThat(recognize(c -> c.put("realm", JsonObject.of("name", "user")))
                        .orElseThrow()
                        .identity()
                        .account())
                .isEqualTo(new Account("user", "42"));
        assertThat(recognize(c -> c.put("realm", JsonObject.of("name", "operator"))))
                .isEmpty();
        assertThat(recognize(c -> c.put("realm", JsonObject.of("name", new JsonArray().add("admin")))))
                .isEmpty();
        assertThat(recognize(c -> c.put("realm", "admin"))).isEmpty();
    }
}
