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
import java.util.Optional;
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
    class Without {
        private static final Mailbox LASTING = new Mailbox("alice@example.com", false);
        private static final Mailbox PROVISIONAL = new Mailbox("alice@example.com", true);
        private static final Authenticator APP = new Authenticator(KEY, STEP);

        private static Mfa.Enabled enabled(Authenticator app, Mailbox mailbox) {
            return new Mfa.Enabled(Optional.of(app), Optional.of(mailbox), Optional.empty());
        }

        private static Problem refused(Mfa.Enabled enabled, Method method) {
            return problemOf(() -> enabled.without(method));
        }

        private static Problem because(String why) {
            return Problem.InvalidRequest.field("method", why);
        }

        @Test
        void leavesTheOtherAsItIs() {
            assertThat(enabled(APP, LASTING).without(Method.EMAIL)).isEqualTo(States.enabled(KEY, STEP));
            assertThat(enabled(APP, LASTING).without(Method.TOTP))
                    .isEqualTo(new Mfa.Enabled(Optional.empty(), Optional.of(LASTING), Optional.empty()));
        }

        @Test
        void neverTakesTheLast() {
            var last = because("is the last one: disable the second factor instead");
            assertThat(refused(ENABLED, Method.TOTP)).isEqualTo(last);
            var mailed = new Mfa.Enabled(Optional.empty(), Optional.of(LASTING), Optional.empty());
            assertThat(refused(mailed, Method.EMAIL)).isEqualTo(last);
        }

        @Test
        void refusesWhatIsNotEnabled() {
            assertThat(refused(ENABLED, Method.EMAIL)).isEqualTo(because("is not enabled"));
            assertThat(refused(enabled(APP, LASTING), Method.RECOVERY)).isEqualTo(because("is not enabled"));
        }

        @Test
        void takesAProvisionalMailboxForNoMethodOfItsOwn() {
            var unproven = enabled(Authenticator.unproven(KEY), PROVISIONAL);
            assertThat(refused(unproven, Method.TOTP))
                    .isEqualTo(because("is the last one: disable the second factor instead"));
            assertThat(refused(unproven, Method.EMAIL))
                    .isEqualTo(because("goes by itself with the first right code of the app"));
        }

        @Test
        void neverLeavesAnAppThatNobodyHasProved() {
            var unproven = enabled(Authenticator.unproven(KEY), LASTING);
            assertThat(refused(unproven, Method.EMAIL))
                    .isEqualTo(because("cannot go before a code of the app was right"));
            assertThat(unproven.without(Method.TOTP).methods()).containsExactly(Method.EMAIL);
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
