package io.portcullis.adapter.identity;

import static io.portcullis.adapter.identity.Tokens.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.testing.TestClock;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the JWKS is read, and what counts while it is not. Background work waits until a test lets it run. */
class PublishedKeysTest {
    private static final Keys A = Keys.ed25519("a");
    private static final Keys B = Keys.ed25519("b");

    private final TestClock clock = new TestClock(NOW);
    private final Deque<Runnable> background = new ArrayDeque<>();
    private boolean inBackground;
    private int reads;
    private Optional<String> jwks = Optional.of(Keys.set(A));

    private final PublishedKeys keys = new PublishedKeys("legacy", "EdDSA", this::document, clock, work -> run(work));
    private final JwtSource source = Tokens.source(
            "EdDSA",
            keys,
            new JwtSettings.Claims("sub", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            Set.of(),
            clock);

    private byte[] document() {
        reads++;
        return jwks.orElseThrow(() -> new Refused(new Problem.UpstreamTimeout()))
                .getBytes(UTF_8);
    }

    private void run(Runnable work) {
        if (inBackground) {
            background.add(work);
        } else {
            work.run();
        }
    }

    private boolean accepts(Keys key) {
        return source.recognize(key.token(clock)).isPresent();
    }

    private void unavailable(Keys key) {
        assertThatThrownBy(() -> accepts(key)).hasMessage("UPSTREAM_UNAVAILABLE");
    }

    @Test
    void theKeysAreReadOnce() {
        assertThat(accepts(A)).isTrue();
        assertThat(accepts(A)).isTrue();
        assertThat(reads).isOne();
    }

    @Test
    void aNewKeyIsFoundByItsKid() {
        assertThat(accepts(A)).isTrue();
        jwks = Optional.of(Keys.set(A, B));
        clock.advance(Duration.ofSeconds(30));
        assertThat(accepts(B)).isTrue();
        assertThat(accepts(A)).isTrue();
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void unknownKidsAskOnceInThirtySeconds() {
        assertThat(accepts(A)).isTrue();
        for (int second = 0; second < 90; second++) {
            assertThat(accepts(B)).isFalse();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(reads).isEqualTo(3); // at 0 s, 30 s and 60 s
    }

    @Test
    void aTokenForOthersAsksNobody() {
        for (var wrong : new String[] {"iss", "aud"}) {
            var claims = Tokens.claims().put(wrong, "other");
            assertThat(source.recognize(
                            A.token(new JsonObject().put("alg", "EdDSA").put("kid", "x"), claims)))
                    .isEmpty();
        }
        assertThat(reads).isZero();
    }

    @Test
    void whatAHeaderNamesIsNeverLookedAt() {
        for (var member : new String[] {"jku", "x5u", "jwk", "x5c"}) {
            var header = new JsonObject().put("alg", "EdDSA").put("kid", "b").put(member, "http://127.0.0.1:1/");
            assertThat(source.recognize(B.token(header, Tokens.claims()))).isEmpty();
        }
        assertThat(reads).isOne();
    }

    @Test
    void aWithdrawnKeyDiesWithinTenMinutes() {
        assertThat(accepts(A)).isTrue();
        jwks = Optional.of(Keys.set(B));
        clock.advance(Duration.ofMinutes(10).minusSeconds(1));
        keys.refreshWhenDue();
        assertThat(accepts(A)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        keys.refreshWhenDue();
        assertThat(accepts(A)).isFalse();
        assertThat(accepts(B)).isTrue();
    }

    @Test
    void readingAnewKeepsNobodyWaiting() {
        assertThat(accepts(A)).isTrue();
        inBackground = true;
        clock.advance(Duration.ofMinutes(10));
        assertThat(accepts(A)).isTrue();
        assertThat(accepts(A)).isTrue();
        assertThat(background).hasSize(1);
    }

    @Test
    void theOldKeysCountForADayWhileNobodyAnswers() {
        assertThat(accepts(A)).isTrue();
        jwks = Optional.empty();
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(accepts(A)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        unavailable(A);
        jwks = Optional.of(Keys.set(A));
        clock.advance(Duration.ofSeconds(30));
        assertThat(accepts(A)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[]}", "{\"keys\":[1,null,{}]}"})
    void anAnswerWithoutKeysKeepsTheOldOnes(String answer) {
        assertThat(accepts(A)).isTrue();
        jwks = Optional.of(answer);
        clock.advance(Duration.ofMinutes(10));
        assertThat(accepts(A)).isTrue();
        assertThat(reads).isEqualTo(2);
        unavailable(B); // it may be there by now
    }

    @Test
    void aHostThatNeverAnsweredIsAnOutageAndLogsNobodyOut() {
        jwks = Optional.empty();
        unavailable(A);
        unavailable(A);
        assertThat(reads).isOne();
        jwks = Optional.of(Keys.set(A));
        clock.advance(Duration.ofSeconds(30));
        assertThat(accepts(A)).isTrue();
    }

    @Test
    void aSetWithoutKeysFromTheBeginningAcceptsNothing() {
        jwks = Optional.of("{\"keys\":[]}");
        for (int i = 0; i < 3; i++) {
            assertThat(accepts(A)).isFalse();
            clock.advance(Duration.ofMinutes(11));
        }
    }

    @Test
    void aTokenWithoutKidIsOfTheOnlyKeyOrOfNone() {
        var header = new JsonObject().put("alg", "EdDSA");
        assertThat(source.recognize(A.token(header, Tokens.claims()))).isPresent();
        assertThat(source.recognize(B.token(header, Tokens.claims()))).isEmpty();
        jwks = Optional.of(Keys.set(A, B));
        clock.advance(Duration.ofMinutes(10));
        keys.refreshWhenDue();
        assertThat(source.recognize(A.token(header, Tokens.claims()))).isEmpty();
    }

    @Test
    void aKidThatIsNoTextIsNone() {
        var header = new JsonObject().put("alg", "EdDSA").put("kid", 1);
        assertThat(source.recognize(A.token(header, Tokens.claims()))).isEmpty();
    }

    @Test
    void bothKeysOfOneKidAreTried() {
        var twin = Keys.ed25519("a");
        jwks = Optional.of(Keys.set(A, twin));
        assertThat(accepts(A)).isTrue();
        assertThat(accepts(twin)).isTrue();
        assertThat(accepts(Keys.ed25519("a"))).isFalse();
    }

    @Test
    void aClockThatIsSetBackStopsNothing() {
        assertThat(accepts(A)).isTrue();
        clock.advance(Duration.ofHours(-1));
        jwks = Optional.of(Keys.set(A, B));
        assertThat(accepts(B)).isTrue();
    }
}
