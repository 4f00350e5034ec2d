package io.portcullis.domain.mfa;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.PASSWORD;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.TestDomain.Enrolled;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DisableTest {
    private static final Duration NOT_FRESH = Duration.ofMinutes(15).plusMillis(1);

    private final TestDomain domain = new TestDomain();
    private final Enrolled alice = domain.enrolled();
    private final Session oneFactor = domain.loggedIn();

    @Test
    void aRightCodeSufficesWhateverTheSession() {
        disable(oneFactor, Optional.of(domain.code(alice.key())), Optional.empty());
        assertThat(domain.mfa()).isEqualTo(new Mfa.Disabled());
    }

    @Test
    void aRecoveryCodeSufficesToo() {
        disable(oneFactor, Optional.of(alice.recoveryCodes().getFirst().plaintext()), Optional.empty());
        assertThat(domain.mfa()).isEqualTo(new Mfa.Disabled());
    }

    @Test
    void aWrongCodeIsCountedAndDisablesNothing() {
        var wrong = Optional.of(domain.wrongCode(alice.key()));
        assertThat(refusal(alice.session(), wrong, Optional.of(PASSWORD))).isEqualTo(new Problem.InvalidCode(4));
        assertThat(domain.accounts.lockout(ALICE).failures()).hasSize(1);
        assertEnabled();
    }

    @Test
    void aTwoFactorSessionWithTheRightPasswordSufficesHoweverOldItsProof() {
        domain.clock.advance(Duration.ofDays(1));
        disable(alice.session(), Optional.empty(), Optional.of(PASSWORD));
        assertThat(domain.mfa()).isEqualTo(new Mfa.Disabled());
    }

    @Test
    void aTwoFactorSessionWithAWrongPasswordDoesNot() {
        assertThat(refusal(alice.session(), Optional.empty(), Optional.of("guess")))
                .isEqualTo(new Problem.InvalidCredentials());
        assertEnabled();
    }

    @Test
    void aTwoFactorSessionVerifiedInTheLastFifteenMinutesSuffices() {
        domain.clock.advance(Duration.ofMinutes(15).minus(TestDomain.STEP));
        disable(alice.session(), Optional.empty(), Optional.empty());
        assertThat(domain.mfa()).isEqualTo(new Mfa.Disabled());
    }

    @Test
    void oneVerifiedLongerAgoDoesNot() {
        domain.clock.advance(NOT_FRESH.minus(TestDomain.STEP));
        assertThat(refusal(alice.session(), Optional.empty(), Optional.empty()))
                .isEqualTo(new Problem.ReauthenticationRequired());
        assertEnabled();
    }

    @Test
    void aFirstFactorAloneNeverDisables() {
        assertThat(refusal(oneFactor, Optional.empty(), Optional.empty()))
                .isEqualTo(new Problem.ReauthenticationRequired());
        assertThat(refusal(oneFactor, Optional.empty(), Optional.of(PASSWORD)))
                .isEqualTo(new Problem.ReauthenticationRequired());
        assertEnabled();
    }

    @Test
    void everyOtherSessionEndsAndThisOneIsOneFactor() {
        var elsewhere = domain.loggedIn();
        disable(alice.session(), Optional.empty(), Optional.empty());
        long now =
                domain.accounts.standing(ALICE, alice.session().fingerprint()).securityVersion();
        assertThat(elsewhere.securityVersion()).isLessThan(now);
        var survivor = domain.stored(alice.session());
        assertThat(survivor.securityVersion()).isEqualTo(now);
        assertThat(survivor.level()).isEqualTo(Level.ONE_FACTOR);
        assertThat(domain.sessions.invalidated()).contains(ALICE);
    }

    @Test
    void theKeyTheRecoveryCodesAndTheCountAreErased() {
        refusal(oneFactor, Optional.of(domain.wrongCode(alice.key())), Optional.empty());
        disable(alice.session(), Optional.empty(), Optional.empty());
        assertThat(domain.accounts.standing(ALICE, oneFactor.fingerprint()).recoveryCodesRemaining())
                .isZero();
        assertThat(domain.accounts.lockout(ALICE)).isEqualTo(Lockout.NONE);
        assertThat(domain.accounts.events(ALICE)).endsWith(AuditEvent.Type.MFA_DISABLED);
    }

    @Test
    void aLockedAccountIsNotDisabledByARightCode() {
        for (int i = 0; i < 5; i++) {
            refusal(oneFactor, Optional.of(domain.wrongCode(alice.key())), Optional.empty());
        }
        assertThat(refusal(oneFactor, Optional.of(domain.code(alice.key())), Optional.empty()))
                .isInstanceOf(Problem.AccountLocked.class);
        assertEnabled();
    }

    @Test
    void aSessionThatIsOlderThanItsAccountDisablesNothing() {
        disable(alice.session(), Optional.empty(), Optional.empty());
        var again = domain.enrolled();
        assertThat(refusal(oneFactor, Optional.of(domain.code(again.key())), Optional.empty()))
                .isEqualTo(new Problem.AuthRequired());
        assertThat(refusal(alice.session(), Optional.empty(), Optional.of(PASSWORD)))
                .isEqualTo(new Problem.AuthRequired());
        assertEnabled();
    }

    @Test
    void aSetupUnderWayEndsWithoutAProofAndEndsNoSession() {
        disable(alice.session(), Optional.empty(), Optional.empty());
        var session = domain.loggedIn();
        domain.startApp(session);
        disable(session, Optional.empty(), Optional.empty());
        assertThat(domain.mfa()).isEqualTo(new Mfa.Disabled());
        assertThat(domain.accounts.events(ALICE)).endsWith(AuditEvent.Type.SETUP_ABANDONED);
        assertThat(domain.stored(session).securityVersion()).isEqualTo(session.securityVersion());
    }

    @Test
    void anAccountStoreThatFailsLeavesTheSessionRaised() {
        domain.accounts.goDown();
        assertThat(refusal(alice.session(), Optional.of("123456"), Optional.empty()))
                .isEqualTo(new Problem.StoreUnavailable());
        domain.accounts.comeBack();
        assertThat(domain.stored(alice.session()).level()).isEqualTo(Level.TWO_FACTOR);
        assertEnabled();
    }

    private void assertEnabled() {
        assertThat(domain.mfa().state()).isEqualTo(MfaState.ENABLED);
    }

    private Problem refusal(Session session, Optional<String> code, Optional<String> password) {
        return problemOf(() -> disable(session, code, password));
    }

    private void disable(Session session, Optional<String> code, Optional<String> password) {
        domain.disable(session, code, password);
    }
}
