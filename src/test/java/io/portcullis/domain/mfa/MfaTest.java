package io.portcullis.domain.mfa;

import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.mfa.Mfa.Proof;
import io.portcullis.testing.States;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every event from every state. */
class MfaTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:10Z");
    private static final Instant LATER = NOW.plusSeconds(900);
    private static final long STEP = NOW.getEpochSecond() / 30;
    private static final TotpKey KEY = TotpKey.of("JBSWY3DPEHPK3PXP", TotpSettings.DEFAULTS);
    private static final TotpKey FRESH = TotpKey.of("GEZDGNBVGY3TQOJQ", TotpSettings.DEFAULTS);

    private static final Mfa DISABLED = new Mfa.Disabled();
    private static final Mfa IN_PROGRESS = States.settingUp(KEY, LATER);
    private static final Mfa EXPIRED = States.settingUp(KEY, NOW);
    private static final Mfa.Enabled ENABLED = States.enabled(KEY, STEP - 1);

    @Test
    void eachStateHasItsPublicName() {
        assertThat(DISABLED.state()).isEqualTo(MfaState.DISABLED);
        assertThat(IN_PROGRESS.state()).isEqualTo(MfaState.SETUP_IN_PROGRESS);
        assertThat(ENABLED.state()).isEqualTo(MfaState.ENABLED);
    }

    @Nested
    class StartSetup {
        @Test
        void fromDisabledOrASetupBeginsASetupWithTheFreshKey() {
            var begun = States.settingUp(FRESH, LATER);
            assertThat(DISABLED.startSetup(States.setup(FRESH, LATER))).isEqualTo(begun);
            assertThat(IN_PROGRESS.startSetup(States.setup(FRESH, LATER))).isEqualTo(begun);
            assertThat(EXPIRED.startSetup(States.setup(FRESH, LATER))).isEqualTo(begun);
        }

        @Test
        void fromEnabledIsRefused() {
            assertThat(problemOf(() -> ENABLED.startSetup(States.setup(FRESH, LATER))))
                    .isEqualTo(new Problem.AlreadyEnabled());
        }
    }

    @Nested
    class Confirm {
        @ParameterizedTest
        @ValueSource(longs = {-1, 0, 1})
        void withARightCodeEnablesAndRemembersItsStep(long offset) {
            var code = KEY.code(NOW.plusSeconds(30 * offset));
            assertThat(IN_PROGRESS.confirm(code, NOW, 1))
                    .isEqualTo(new Proof.Right(Method.TOTP, States.enabled(KEY, STEP + offset)));
        }

        @Test
        void withAnotherKeysCodeIsWrong() {
            assertThat(IN_PROGRESS.confirm(FRESH.code(NOW), NOW, 1)).isEqualTo(Proof.WRONG);
        }

        @Test
        void withoutASetupIsRefused() {
            assertThat(problemOf(() -> DISABLED.confirm(KEY.code(NOW), NOW, 1)))
                    .isEqualTo(new Problem.SetupNotStarted());
        }

        @Test
        void ofASetupWhoseTimeRanOutIsRefused() {
            assertThat(problemOf(() -> EXPIRED.confirm(KEY.code(NOW), NOW, 1)))
                    .isEqualTo(new Problem.SetupNotStarted());
        }

        @Test
        void fromEnabledIsRefused() {
            assertThat(problemOf(() -> ENABLED.confirm(KEY.code(NOW), NOW, 1))).isEqualTo(new Problem.AlreadyEnabled());
        }
    }

    @Nested
    class Time {
        @Test
        void endsASetupToTheInstantAndNothingElse() {
            assertThat(IN_PROGRESS.at(LATER.minusNanos(1))).isEqualTo(IN_PROGRESS);
            assertThat(IN_PROGRESS.at(LATER)).isEqualTo(DISABLED);
            assertThat(DISABLED.at(LATER)).isEqualTo(DISABLED);
            assertThat(ENABLED.at(Instant.MAX)).isEqualTo(ENABLED);
        }
    }

    @Nested
    class Abandon {
        @Test
        void endsASetupAndNothingElse() {
            assertThat(IN_PROGRESS.abandonSetup()).isEqualTo(DISABLED);
            assertThat(DISABLED.abandonSetup()).isEqualTo(DISABLED);
            assertThat(ENABLED.abandonSetup()).isEqualTo(ENABLED);
        }
    }

    @Nested
    class Prove {
        @Test
        void acceptsACodeOfALaterStepAndRemembersIt() {
            assertThat(ENABLED.prove(KEY.code(NOW), NOW, 1))
                    .isEqualTo(new Proof.Right(Method.TOTP, States.enabled(KEY, STEP)));
        }

        @Test
        void neverAcceptsAnAcceptedStepAgainNorAnEarlierOne() {
            var accepted = States.enabled(KEY, STEP);
            assertThat(accepted.prove(KEY.code(NOW), NOW, 1)).isEqualTo(new Proof.Replayed());
            assertThat(accepted.prove(KEY.code(NOW.minusSeconds(30)), NOW, 1)).isEqualTo(new Proof.Replayed());
            assertThat(accepted.prove(KEY.code(NOW.plusSeconds(30)), NOW, 1))
                    .isEqualTo(new Proof.Right(Method.TOTP, States.enabled(KEY, STEP + 1)));
        }

        @Test
        void refusesACodeOutsideItsWindow() {
            assertThat(ENABLED.prove(KEY.code(NOW.plusSeconds(60)), NOW, 1)).isEqualTo(Proof.WRONG);
        }
    }
}
