package io.portcullis.domain.mfa;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.domain.TestDomain.STEP;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfirmSetupTest {
    private final TestDomain domain = new TestDomain();
    private final Session session = domain.loggedIn();

    @Test
    void aRightCodeEnablesAndRaisesThisSession() {
        var key = domain.startApp(session);
        var recoveryCodes = domain.confirm(session, domain.code(key));
        assertThat(domain.mfa().state()).isEqualTo(MfaState.ENABLED);
        assertThat(recoveryCodes).hasSize(10);
        assertThat(domain.stored(session).level()).isEqualTo(Level.TWO_FACTOR);
        assertThat(domain.stored(session).verified()).containsOnlyKeys(Method.TOTP);
        assertThat(domain.stored(session).amr()).containsExactly("pwd", "otp");
    }

    @Test
    void anotherSessionOfTheAccountIsNotRaised() {
        var other = domain.loggedIn();
        var key = domain.startApp(session);
        domain.confirm(session, domain.code(key));
        assertThat(domain.stored(other).level()).isEqualTo(Level.ONE_FACTOR);
    }

    @Test
    void theEventsOfASetupAreAudited() {
        var key = domain.startApp(session);
        domain.confirm(session, domain.code(key));
        assertThat(domain.accounts.events(ALICE))
                .containsExactly(AuditEvent.Type.SETUP_STARTED, AuditEvent.Type.MFA_ENABLED);
    }

    @Test
    void theCodeThatConfirmedIsNotAcceptedAgain() {
        var key = domain.startApp(session);
        var code = domain.code(key);
        domain.confirm(session, code);
        assertThat(problemOf(() -> domain.stepUp(session, code, Optional.empty(), FROM)))
                .isEqualTo(new Problem.CodeAlreadyUsed());
    }

    @Test
    void aWrongCodeIsCountedAlthoughItIsRefused() {
        var key = domain.startApp(session);
        assertThat(problemOf(() -> domain.confirm(session, domain.wrongCode(key))))
                .isEqualTo(new Problem.InvalidCode(4));
        assertThat(domain.accounts.lockout(ALICE).failures()).hasSize(1);
        assertThat(domain.accounts.events(ALICE)).endsWith(AuditEvent.Type.SECOND_FACTOR_FAILED);
        assertThat(domain.mfa().state()).isEqualTo(MfaState.SETUP_IN_PROGRESS);
        assertThat(domain.stored(session).level()).isEqualTo(Level.ONE_FACTOR);
    }

    @Test
    void aNewSetupDoesNotResetTheCount() {
        var first = domain.startApp(session);
        problemOf(() -> domain.confirm(session, domain.wrongCode(first)));
        var second = domain.startApp(session);
        assertThat(problemOf(() -> domain.confirm(session, domain.wrongCode(second))))
                .isEqualTo(new Problem.InvalidCode(3));
    }

    @Test
    void aNewSetupReplacesTheTemporaryKey() {
        var first = domain.startApp(session);
        var second = domain.startApp(session);
        assertThat(problemOf(() -> domain.confirm(session, domain.code(first))))
                .isInstanceOf(Problem.InvalidCode.class);
        domain.confirm(session, domain.code(second));
        assertThat(domain.mfa().state()).isEqualTo(MfaState.ENABLED);
    }

    @Test
    void aSetupNeverTouchesAnEnabledKey() {
        var alice = domain.enrolled();
        assertThat(problemOf(() -> domain.startApp(alice.session()))).isEqualTo(new Problem.AlreadyEnabled());
        domain.stepUp(alice.session(), domain.code(alice.key()), Optional.empty(), FROM);
    }

    @Test
    void confirmingWithoutASetupIsNoFailure() {
        assertThat(problemOf(() -> domain.confirm(session, "123456"))).isEqualTo(new Problem.SetupNotStarted());
        assertThat(domain.accounts.lockout(ALICE)).isEqualTo(Lockout.NONE);
    }

    @Test
    void aSecondConfirmIsToldThatItIsEnabled() {
        var alice = domain.enrolled();
        assertThat(problemOf(() -> domain.confirm(alice.session(), domain.code(alice.key()))))
                .isEqualTo(new Problem.AlreadyEnabled());
    }

    @Test
    void aSetupEndsAfterFifteenMinutes() {
        var key = domain.startApp(session);
        domain.clock.advance(Duration.ofMinutes(15));
        assertThat(problemOf(() -> domain.confirm(session, domain.code(key)))).isEqualTo(new Problem.SetupNotStarted());
    }

    @Test
    void aSessionThatIsOlderThanItsAccountChangesNothing() {
        var old = domain.loggedIn();
        var alice = domain.enrolled();
        domain.disable(alice.session(), Optional.of(domain.code(alice.key())), Optional.empty());
        assertThat(problemOf(() -> domain.startApp(old))).isEqualTo(new Problem.AuthRequired());

        var key = domain.startApp(domain.loggedIn());
        domain.clock.advance(STEP);
        assertThat(problemOf(() -> domain.confirm(old, domain.code(key)))).isEqualTo(new Problem.AuthRequired());
        assertThat(domain.mfa().state()).isEqualTo(MfaState.SETUP_IN_PROGRESS);
    }

    @Test
    void aSessionStoreThatFailsKeepsNothingAndTheSameCodeWorksLater() {
        var key = domain.startApp(session);
        domain.sessions.goDown();
        assertThat(problemOf(() -> domain.confirm(session, domain.code(key))))
                .isEqualTo(new Problem.StoreUnavailable());
        domain.sessions.comeBack();
        assertThat(domain.mfa().state()).isEqualTo(MfaState.SETUP_IN_PROGRESS);
        assertThat(domain.stored(session).level()).isEqualTo(Level.ONE_FACTOR);
        assertThat(domain.confirm(session, domain.code(key))).hasSize(10);
        assertThat(domain.stored(session).level()).isEqualTo(Level.TWO_FACTOR);
    }

    @Test
    void aSetupThatBeganBeforeSomebodyEnabledAddsNothing() {
        var thief = domain.loggedIn();
        var key = domain.startApp(session);
        domain.mailroom.meanwhile(() -> domain.confirm(session, domain.code(key)));
        assertThat(problemOf(() -> domain.startSetup.start(thief, Method.EMAIL, false, FROM)))
                .isEqualTo(new Problem.ReauthenticationRequired());
        assertThat(domain.mfa()).isInstanceOfSatisfying(Mfa.Enabled.class, enabled -> {
            assertThat(enabled.methods()).containsExactly(Method.TOTP);
            assertThat(enabled.addition()).isEmpty();
        });
    }

    @Test
    void whoHasTheFirstFactorAloneConfirmsNoAdditionOfAnotherSession() {
        var thief = domain.loggedIn();
        var alice = domain.enrolled();
        domain.startSetup.start(alice.session(), Method.EMAIL, false, FROM);
        assertThat(problemOf(() -> domain.confirm(thief, domain.mailroom.code())))
                .isEqualTo(new Problem.ReauthenticationRequired());
        assertThat(domain.stored(thief).level()).isEqualTo(Level.ONE_FACTOR);
        assertThat(domain.confirm(alice.session(), domain.mailroom.code())).isEmpty();
        assertThat(domain.stored(alice.session()).verified()).containsKeys(Method.TOTP, Method.EMAIL);
    }

    @Test
    void recoveryCodesAreMadeThirtyTimesInAQuarterOfAnHourAtTheMost() {
        var alice = domain.enrolled();
        for (int i = 0; i < 30; i++) {
            domain.regenerate.regenerate(alice.session(), FreshProof.Given.NOTHING, FROM);
        }
        assertThat(problemOf(() -> domain.regenerate.regenerate(alice.session(), FreshProof.Given.NOTHING, FROM)))
                .isInstanceOf(Problem.RateLimited.class);
    }

    @Test
    void aMailThatIsOutCountsWhateverComesAfter() {
        domain.mailroom.meanwhile(domain.accounts::goDown);
        for (int i = 0; i < 5; i++) {
            assertThat(problemOf(() -> domain.startSetup.start(session, Method.EMAIL, false, FROM)))
                    .isEqualTo(new Problem.StoreUnavailable());
            domain.accounts.comeBack();
        }
        assertThat(problemOf(() -> domain.startSetup.start(session, Method.EMAIL, false, FROM)))
                .isInstanceOf(Problem.RateLimited.class);
        assertThat(domain.mailroom.sent()).hasSize(5);
    }
}
