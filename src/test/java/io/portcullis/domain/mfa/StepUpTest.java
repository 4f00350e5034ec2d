package io.portcullis.domain.mfa;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.domain.TestDomain.STEP;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.TestDomain.Enrolled;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepUpTest {
    private final TestDomain domain = new TestDomain();
    private final Enrolled alice = domain.enrolled();
    private final Session session = domain.loggedIn();

    @Test
    void aRightCodeRaisesTheSessionAndNoOther() {
        var other = domain.loggedIn();
        var proved = stepUp(domain.code(alice.key()));
        assertThat(proved.method()).isEqualTo(Method.TOTP);
        assertThat(domain.stored(session).level()).isEqualTo(Level.TWO_FACTOR);
        assertThat(domain.stored(session).verifiedAt()).contains(domain.clock.instant());
        assertThat(domain.stored(other).level()).isEqualTo(Level.ONE_FACTOR);
        assertThat(domain.accounts.events(ALICE)).endsWith(AuditEvent.Type.SECOND_FACTOR_PASSED);
    }

    @Test
    void aRecoveryCodeIsTakenForOneByItsFormAndAcceptedOnce() {
        var code = alice.recoveryCodes().get(3).plaintext();
        var proved = stepUp(code);
        assertThat(proved.method()).isEqualTo(Method.RECOVERY);
        assertThat(proved.recoveryCodesRemaining()).isEqualTo(9);
        assertThat(domain.stored(session).amr()).containsExactly("pwd", "recovery");
        assertThat(problemOf(() -> stepUp(code))).isEqualTo(new Problem.CodeAlreadyUsed());
        assertThat(domain.accounts.lockout(ALICE)).isEqualTo(Lockout.NONE);
    }

    @Test
    void aRecoveryCodeLeavesTheNextTotpCodeValid() {
        stepUp(alice.recoveryCodes().getFirst().plaintext());
        stepUp(domain.code(alice.key()));
    }

    @Test
    void onlyTheRecoveryCodeOfTheSameIndexIsCompared() {
        stepUp(alice.recoveryCodes().get(7).plaintext());
        assertThat(domain.hasher.comparisons()).isEqualTo(1);
    }

    @Test
    void aWrongRecoveryCodeIsAFailureLikeAnyOther() {
        problemOf(() -> stepUp(domain.wrongCode(alice.key())));
        assertThat(problemOf(() -> stepUp("AAAAAA-AAAAAA"))).isEqualTo(new Problem.InvalidCode(3));
    }

    @Test
    void aMethodThatIsNamedIsTheOneThatIsJudged() {
        var code = domain.code(alice.key());
        assertThat(problemOf(() -> domain.stepUp(session, code, Optional.of(Method.RECOVERY), FROM)))
                .isEqualTo(new Problem.InvalidCode(4));
    }

    @Test
    void aCodeThatWasUsedIsRefusedAndDoesNotCount() {
        var code = domain.code(alice.key());
        stepUp(code);
        assertThat(problemOf(() -> stepUp(code))).isEqualTo(new Problem.CodeAlreadyUsed());
        assertThat(domain.accounts.lockout(ALICE)).isEqualTo(Lockout.NONE);
    }

    @Test
    void wrongCodesCountOverAllSessionsOfTheAccount() {
        problemOf(() -> stepUp(domain.wrongCode(alice.key())));
        var elsewhere = domain.loggedIn();
        assertThat(problemOf(() -> domain.stepUp(elsewhere, domain.wrongCode(alice.key()), Optional.empty(), FROM)))
                .isEqualTo(new Problem.InvalidCode(3));
    }

    @Test
    void theFifthWrongCodeLocksAndALockedAccountComparesNothing() {
        for (int left = 4; left >= 0; left--) {
            assertThat(problemOf(() -> stepUp("AAAAAA-AAAAAA"))).isEqualTo(new Problem.InvalidCode(left));
        }
        assertThat(domain.accounts.events(ALICE)).endsWith(AuditEvent.Type.SECOND_FACTOR_LOCKED);
        int comparisons = domain.hasher.comparisons();
        var locked = new Problem.AccountLocked(Optional.of(Duration.ofMinutes(15)));
        assertThat(problemOf(() -> stepUp(alice.recoveryCodes().getFirst().plaintext())))
                .isEqualTo(locked);
        assertThat(problemOf(() -> stepUp(domain.code(alice.key())))).isEqualTo(locked);
        assertThat(domain.hasher.comparisons()).isEqualTo(comparisons);
        assertThat(domain.stored(session).level()).isEqualTo(Level.ONE_FACTOR);
        domain.clock.advance(Duration.ofMinutes(15));
        stepUp(alice.recoveryCodes().getFirst().plaintext());
    }

    @Test
    void aRightCodeEndsTheCount() {
        problemOf(() -> stepUp(domain.wrongCode(alice.key())));
        stepUp(domain.code(alice.key()));
        domain.clock.advance(STEP);
        assertThat(problemOf(() -> stepUp(domain.wrongCode(alice.key())))).isEqualTo(new Problem.InvalidCode(4));
    }

    @Test
    void anAccountWithoutASecondFactorHasNothingToVerify() {
        domain.disable(alice.session(), Optional.empty(), Optional.empty());
        var fresh = domain.loggedIn();
        assertThat(problemOf(() -> domain.stepUp(fresh, "123456", Optional.empty(), FROM)))
                .isEqualTo(new Problem.SetupNotStarted());
    }

    @Test
    void aSessionThatIsOlderThanItsAccountIsNotRaised() {
        domain.disable(alice.session(), Optional.empty(), Optional.empty());
        var again = domain.enrolled();
        assertThat(problemOf(() -> stepUp(domain.code(again.key())))).isEqualTo(new Problem.AuthRequired());
        assertThat(domain.stored(session).level()).isEqualTo(Level.ONE_FACTOR);
    }

    private SecondFactor.Proved stepUp(String code) {
        return domain.stepUp(session, code, Optional.empty(), FROM);
    }
}
