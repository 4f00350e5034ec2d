package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.CLIENT;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.FirstFactor.Admitted;
import io.portcullis.domain.session.Client;
import io.portcullis.testing.Race;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordAttemptsTest {
    private static final String ALICE = "alice@example.com";

    private final TestDomain domain = new TestDomain();
    private final AtomicInteger compared = new AtomicInteger();

    @Test
    void tenWrongOnesAreComparedAndNoneAfter() {
        assertThat(guesses(ALICE, CLIENT, 12)).isEqualTo(10);
        assertThat(right(ALICE)).isEqualTo(new Problem.InvalidCredentials());
        assertThat(compared).hasValue(10);
    }

    @Test
    void manyAtOnceAreComparedTenTimes() throws Exception {
        Race.of(30, () -> guesses(ALICE, CLIENT, 1));
        assertThat(compared).hasValue(10);
    }

    @Test
    void afterTheWindowThereAreTenAgain() {
        guesses(ALICE, CLIENT, 10);
        domain.clock.advance(Duration.ofMinutes(15).minusMillis(1));
        assertThat(guesses(ALICE, CLIENT, 1)).isZero();
        domain.clock.advance(Duration.ofMillis(1));
        assertThat(guesses(ALICE, CLIENT, 12)).isEqualTo(10);
    }

    @Test
    void aRightPasswordForgetsTheWrongOnes() {
        guesses(ALICE, CLIENT, 9);
        assertThat(domain.attempts.count(ALICE, CLIENT, this::admitted)).isPresent();
        assertThat(guesses(ALICE, CLIENT, 12)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALICE@example.com",
                " alice@example.com\t",
                "alice@EXAMPLE.com",
                "\uff41lice@example.com", // full width
                "\u00e1lice@example.com", // accents are nothing to some databases
                "a\u0301lice@example.com",
                "al\u200bice@example.com", // without width
                "alice@example.com\u0000",
                "alice@example.com\u00a0",
            })
    void spellingsOfOneEmailShareTheirTries(String spelling) {
        guesses(ALICE, CLIENT, 6);
        assertThat(guesses(spelling, CLIENT, 6)).isEqualTo(4);
        assertThat(right(ALICE)).isEqualTo(new Problem.InvalidCredentials());
    }

    /** Else somebody with an account of such a spelling could guess at the other for ever. */
    @Test
    void aRightPasswordOfAnUnusualSpellingForgetsNothing() {
        guesses(ALICE, CLIENT, 9);
        assertThat(domain.attempts.count("\u00e1lice@example.com", CLIENT, this::admitted))
                .isPresent();
        assertThat(guesses(ALICE, CLIENT, 12)).isEqualTo(1);
    }

    @Test
    void anotherEmailAndAnotherNetworkHaveTheirOwn() {
        guesses(ALICE, CLIENT, 10);
        assertThat(guesses("bob@example.com", CLIENT, 1)).isEqualTo(1);
        assertThat(guesses(ALICE, new Client("192.0.2.2", ""), 1)).isEqualTo(1);
        assertThat(guesses(ALICE, new Client("2001:db8::1", ""), 10)).isEqualTo(10);
        assertThat(guesses(ALICE, new Client("2001:db8::ffff:1", ""), 1)).isZero();
    }

    @Test
    void whereNoEmailCanBeReadAllAreCountedTogether() {
        for (int i = 0; i < 10; i++) {
            domain.attempts.begin(Optional.empty(), CLIENT);
        }
        assertThat(problemOf(() -> domain.attempts.begin(Optional.empty(), CLIENT)))
                .isEqualTo(new Problem.InvalidCredentials());
        assertThat(guesses(ALICE, CLIENT, 1)).isEqualTo(1);
    }

    @Test
    void aRightPasswordWhereNoEmailCanBeReadForgetsNothing() {
        for (int i = 0; i < 9; i++) {
            domain.attempts.begin(Optional.empty(), CLIENT);
        }
        domain.attempts.begin(Optional.empty(), CLIENT).succeeded();
        domain.attempts.begin(Optional.empty(), CLIENT);
        assertThat(problemOf(() -> domain.attempts.begin(Optional.empty(), CLIENT)))
                .isEqualTo(new Problem.InvalidCredentials());
    }

    @Test
    void aPlaceThatDoesNotAnswerCostsNothing() {
        for (int i = 0; i < 20; i++) {
            assertThat(problemOf(() -> domain.attempts.count(ALICE, CLIENT, () -> {
                        throw new Refused(new Problem.UpstreamTimeout());
                    })))
                    .isEqualTo(new Problem.UpstreamTimeout());
        }
        assertThat(guesses(ALICE, CLIENT, 12)).isEqualTo(10);
    }

    @Test
    void anUnclearAnswerIsToldAsAnOutageAndCounts() {
        for (int i = 0; i < 10; i++) {
            assertThat(problemOf(() -> domain.attempts.count(ALICE, CLIENT, () -> {
                        throw new FirstFactor.Unclear();
                    })))
                    .isEqualTo(new Problem.UpstreamUnavailable());
        }
        assertThat(right(ALICE)).isEqualTo(new Problem.InvalidCredentials());
    }

    @Test
    void aBugCountsAsAGuess() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> domain.attempts.count(ALICE, CLIENT, () -> {
                        throw new IllegalStateException("a bug");
                    }))
                    .hasMessage("a bug");
        }
        assertThat(right(ALICE)).isEqualTo(new Problem.InvalidCredentials());
    }

    /** How many of so many wrong passwords were compared. */
    private int guesses(String email, Client client, int count) {
        int before = compared.get();
        for (int i = 0; i < count; i++) {
            try {
                domain.attempts.count(email, client, () -> {
                    compared.incrementAndGet();
                    return Optional.empty();
                });
            } catch (Refused refused) {
                assertThat(refused.problem()).isEqualTo(new Problem.InvalidCredentials());
            }
        }
        return compared.get() - before;
    }

    private Problem right(String email) {
        return problemOf(() -> domain.attempts.count(email, CLIENT, this::admitted));
    }

    private Optional<Admitted> admitted() {
        return Optional.of(domain.admitted("credential", Optional.empty()));
    }
}
