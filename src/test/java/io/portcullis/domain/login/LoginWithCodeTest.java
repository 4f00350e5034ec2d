package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.domain.TestDomain.NOT_REMEMBERED;
import static io.portcullis.domain.TestDomain.PASSWORD;
import static io.portcullis.domain.TestDomain.STEP;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.device.ThisDevice;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.LoginWithCode.LoggedIn;
import io.portcullis.domain.mfa.Lockout;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Level;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginWithCodeTest {
    private static final String ANY = "123456";

    private final TestDomain domain = new TestDomain();

    @Test
    void withTheSecondFactorOffTheCodeIsPassedOver() {
        var in = login(ANY);
        assertThat(in.proved()).isEmpty();
        assertThat(in.login().session().level()).isEqualTo(Level.ONE_FACTOR);
        assertThat(domain.accounts.events(ALICE)).containsExactly(AuditEvent.Type.LOGIN_SUCCEEDED);
        assertThat(domain.accounts.lockout(ALICE)).isEqualTo(Lockout.NONE);
    }

    @Test
    void aSetupUnderWayAsksForNoCode() {
        domain.startApp(domain.loggedIn());
        assertThat(login(ANY).login().session().level()).isEqualTo(Level.ONE_FACTOR);
    }

    @Test
    void aRightCodeCompletesTheLoginInOneStep() {
        var alice = domain.enrolled();
        var before = domain.accounts.events(ALICE);
        var in = login(domain.code(alice.key()));
        assertThat(in.proved().orElseThrow().method()).isEqualTo(Method.TOTP);
        var session = domain.sessions.find(Fingerprint.of(in.login().token())).orElseThrow();
        assertThat(session.level()).isEqualTo(Level.TWO_FACTOR);
        assertThat(session.amr()).containsExactly("pwd", "otp");
        assertThat(domain.accounts
                        .events(ALICE)
                        .subList(before.size(), domain.accounts.events(ALICE).size()))
                .containsExactly(AuditEvent.Type.SECOND_FACTOR_PASSED, AuditEvent.Type.LOGIN_SUCCEEDED);
        assertThat(domain.pendingLogins.open()).isZero();
    }

    @Test
    void aCodeIsAcceptedOnce() {
        var alice = domain.enrolled();
        var code = domain.code(alice.key());
        login(code);
        assertThat(problemOf(() -> login(code))).isEqualTo(new Problem.CodeAlreadyUsed());
        assertThat(domain.pendingLogins.open()).isZero();
    }

    @Test
    void aRecoveryCodeDoesToo() {
        var alice = domain.enrolled();
        var proved =
                login(alice.recoveryCodes().getFirst().plaintext()).proved().orElseThrow();
        assertThat(proved.method()).isEqualTo(Method.RECOVERY);
        assertThat(proved.recoveryCodesRemaining()).isEqualTo(9);
    }

    @Test
    void aMailedCodeDoesTooAndNoOtherIsMailedInItsPlace() {
        byMail();
        domain.requestCode.forLogin(ALICE, FROM);
        domain.clock.advance(STEP); // from here on another one could be sent
        int mails = domain.mailroom.sent().size();
        var in = login(domain.mailroom.code());
        assertThat(in.proved().orElseThrow().method()).isEqualTo(Method.EMAIL);
        assertThat(domain.mailroom.sent()).hasSize(mails);
    }

    @Test
    void aWrongCodeMailsNoneEither() {
        byMail();
        int mails = domain.mailroom.sent().size();
        assertThat(problemOf(() -> login(ANY))).isEqualTo(new Problem.CodeExpired());
        assertThat(domain.mailroom.sent()).hasSize(mails);
        // Without a code at hand one is mailed as ever.
        domain.tempToken("credential");
        assertThat(domain.mailroom.sent()).hasSize(mails + 1);
    }

    @Test
    void aWrongCodeIsCountedForTheAccountAndLeavesNoLoginInProgress() {
        var alice = domain.enrolled();
        for (int left = 4; left >= 0; left--) {
            assertThat(problemOf(() -> login(domain.wrongCode(alice.key())))).isEqualTo(new Problem.InvalidCode(left));
            assertThat(domain.pendingLogins.open()).isZero();
        }
        assertThat(problemOf(() -> login(domain.code(alice.key())))).isInstanceOf(Problem.AccountLocked.class);
        assertThat(domain.pendingLogins.open()).isZero();
        assertThat(domain.accounts.events(ALICE)).doesNotContain(AuditEvent.Type.LOGIN_SUCCEEDED);
    }

    @Test
    void withAWrongPasswordTheCodeIsNotJudged() {
        var alice = domain.enrolled();
        var code = domain.code(alice.key());
        assertThat(problemOf(() -> login("alice@example.com", "wrong", domain.wrongCode(alice.key()))))
                .isEqualTo(new Problem.InvalidCredentials());
        assertThat(problemOf(() -> login("alice@example.com", "wrong", code)))
                .isEqualTo(new Problem.InvalidCredentials());
        assertThat(problemOf(() -> login("nobody@example.com", PASSWORD, code)))
                .isEqualTo(new Problem.InvalidCredentials());
        assertThat(domain.accounts.lockout(ALICE)).isEqualTo(Lockout.NONE);
        login(code);
    }

    @Test
    void aRememberedDeviceStandsInAndTheCodeStaysGood() {
        var alice = domain.enrolled();
        var remembered = domain.loginWithCode.login(
                "alice@example.com", PASSWORD, domain.code(alice.key()), new ThisDevice(Optional.empty(), true), FROM);
        var token = remembered.login().device().orElseThrow();
        domain.clock.advance(STEP);
        var code = domain.code(alice.key());
        var device = new ThisDevice(Optional.of(token.value()), false);
        var in = domain.loginWithCode.login("alice@example.com", PASSWORD, code, device, FROM);
        assertThat(in.proved()).isEmpty();
        assertThat(in.login().session().verified()).containsOnlyKeys(Method.DEVICE);
        login(code);
    }

    @Test
    void aDeadDeviceAsksForTheCode() {
        var alice = domain.enrolled();
        var device = new ThisDevice(Optional.of("unknown"), false);
        var in = domain.loginWithCode.login("alice@example.com", PASSWORD, domain.code(alice.key()), device, FROM);
        assertThat(in.proved()).isPresent();
    }

    @Test
    void aStoreThatIsDownUsesNothingUp() {
        var alice = domain.enrolled();
        var code = domain.code(alice.key());
        domain.accounts.goDown();
        assertThat(problemOf(() -> login(code))).isEqualTo(new Problem.StoreUnavailable());
        domain.accounts.comeBack();
        domain.sessions.goDown();
        assertThat(problemOf(() -> login(code))).isEqualTo(new Problem.StoreUnavailable());
        domain.sessions.comeBack();
        assertThat(domain.pendingLogins.open()).isZero();
        assertThat(domain.accounts.lockout(ALICE)).isEqualTo(Lockout.NONE);
        login(code);
    }

    /** Nobody knows the token of the login in progress, so that it stays matters less than the answer. */
    @Test
    void aStoreThatFailsAtTheEndHidesNoProblem() {
        var alice = domain.enrolled();
        var failing = new LoginWithCode(domain.login, domain.admitLogin, domain.verifyLogin, new EndsNothing());
        assertThat(problemOf(() -> failing.login(
                        "alice@example.com", PASSWORD, domain.wrongCode(alice.key()), NOT_REMEMBERED, FROM)))
                .isEqualTo(new Problem.InvalidCode(4));
    }

    private static final class EndsNothing implements PendingLogins {
        @Override
        public void store(String token, PendingLogin login, Duration ttl) {
            throw down();
        }

        @Override
        public Optional<Attempt> attempt(String token, int attempts) {
            throw down();
        }

        @Override
        public Optional<PendingLogin> find(String token) {
            throw down();
        }

        @Override
        public Optional<Waiting> waiting(String token, int attempts) {
            throw down();
        }

        @Override
        public void giveBack(String token) {
            throw down();
        }

        @Override
        public boolean finish(String token) {
            throw down();
        }

        private static Refused down() {
            return new Refused(new Problem.StoreUnavailable());
        }
    }

    private LoggedIn login(String code) {
        return login("alice@example.com", PASSWORD, code);
    }

    private LoggedIn login(String email, String password, String code) {
        return domain.loginWithCode.login(email, password, code, NOT_REMEMBERED, FROM);
    }

    /** Alice with codes by mail, her only method. */
    private void byMail() {
        var session = domain.loggedIn();
        domain.startSetup.start(session, Method.EMAIL, false, FROM);
        domain.confirm(session, domain.mailroom.code());
        domain.clock.advance(STEP);
    }
}
