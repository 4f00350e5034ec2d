package io.portcullis.domain.mfa;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.domain.TestDomain.STEP;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import io.portcullis.testing.States;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The token that names a set-up to whoever confirms it. */
class VerificationTokenTest {
    private static final Problem INVALID = new Problem.TokenInvalid(Action.RESTART_SETUP);
    private static final EnrollmentSettings AUTO_CONFIRM =
            new EnrollmentSettings(true, Duration.ofSeconds(6), EnrollmentSettings.Proof.NONE);

    private final TestDomain domain = new TestDomain();
    private final Session session = domain.loggedIn();

    @Test
    void everySetupHasOneOf256BitAndOfItsOwn() {
        var app = startApp(session).verificationToken();
        var again = startApp(session).verificationToken();
        var mail = startMail(session).verificationToken();
        assertThat(List.of(app, again, mail)).doesNotHaveDuplicates().allMatch(token -> token.length() == 43);
    }

    @Test
    void anAddedMethodHasOneToo() {
        var alice = domain.enrolled().session();
        var token = startMail(alice).verificationToken();
        assertThat(problemOf(() -> confirm(alice, domain.mailroom.code(), "another")))
                .isEqualTo(INVALID);
        confirm(alice, domain.mailroom.code(), token);
        assertThat(domain.mfa())
                .isInstanceOfSatisfying(
                        Mfa.Enabled.class,
                        enabled -> assertThat(enabled.methods()).containsExactlyInAnyOrder(Method.TOTP, Method.EMAIL));
    }

    @Test
    void withTheRightCodeItConfirms() {
        var started = startApp(session);
        confirm(session, domain.code(started.key()), started.verificationToken());
        assertThat(domain.stored(session).level()).isEqualTo(Level.TWO_FACTOR);
    }

    @Test
    void itConfirmsNothingByItself() {
        var token = startApp(session).verificationToken();
        domain.clock.advance(Duration.ofSeconds(6));
        var given =
                new ConfirmSetup.Given(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(token), false);
        assertThat(problemOf(() -> domain.confirm(session, given))).isInstanceOf(Problem.InvalidRequest.class);
        assertThat(domain.mfa().state()).isEqualTo(MfaState.SETUP_IN_PROGRESS);
    }

    @Test
    void aWrongOneIsToldBeforeTheCodeWhichIsNeitherUsedNorCounted() {
        var started = startApp(session);
        assertThat(problemOf(() -> confirm(session, domain.wrongCode(started.key()), "made up")))
                .isEqualTo(INVALID);
        assertThat(problemOf(() -> confirm(session, domain.code(started.key()), "made up")))
                .isEqualTo(INVALID);
        assertThat(domain.accounts.lockout(ALICE)).isEqualTo(Lockout.NONE);
        assertThat(domain.hasher.hashes()).isZero();
        assertThat(domain.accounts.events(ALICE)).containsExactly(AuditEvent.Type.SETUP_STARTED);
        confirm(session, domain.code(started.key()), started.verificationToken());
    }

    @Test
    void aWrongOneUsesNoMailedCodeUp() {
        var started = startMail(session);
        var code = domain.mailroom.code();
        assertThat(problemOf(() -> confirm(session, code, "made up"))).isEqualTo(INVALID);
        assertThat(problemOf(() -> confirm(domain.loggedIn(), code, started.verificationToken())))
                .isEqualTo(INVALID);
        confirm(session, code, started.verificationToken());
    }

    @Test
    void itIsForTheSessionThatBeganTheSetup() {
        var started = startApp(session);
        assertThat(problemOf(() -> confirm(domain.loggedIn(), domain.code(started.key()), started.verificationToken())))
                .isEqualTo(INVALID);
        assertThat(domain.mfa().state()).isEqualTo(MfaState.SETUP_IN_PROGRESS);
    }

    @Test
    void itEndsWithItsSetup() {
        var restarted = startApp(session);
        var expired = startApp(session);
        assertThat(problemOf(() -> confirm(session, domain.code(expired.key()), restarted.verificationToken())))
                .isEqualTo(INVALID);
        domain.clock.advance(Duration.ofMinutes(15));
        assertThat(problemOf(() -> confirm(session, domain.code(expired.key()), expired.verificationToken())))
                .isEqualTo(INVALID);
        var abandoned = startApp(session);
        domain.logout.logout(domain.loggedIn(), FROM);
        assertThat(problemOf(() -> confirm(session, domain.code(abandoned.key()), abandoned.verificationToken())))
                .isEqualTo(INVALID);
    }

    @Test
    void withoutASetupThereIsNone() {
        assertThat(problemOf(() -> confirm(session, "123456", "made up"))).isEqualTo(INVALID);
    }

    @Test
    void itIsGoodOnceAlsoWhereTheAccountIsEnabled() {
        var started = startApp(session);
        confirm(session, domain.code(started.key()), started.verificationToken());
        domain.clock.advance(STEP);
        assertThat(problemOf(() -> confirm(session, domain.code(started.key()), started.verificationToken())))
                .isEqualTo(INVALID);
        assertThat(problemOf(() -> domain.confirm(session, domain.code(started.key()))))
                .isEqualTo(new Problem.AlreadyEnabled());
    }

    @Test
    void aLockIsToldToNobodyWhoNamesAnotherSetup() {
        var started = startApp(session);
        for (int i = 0; i < 5; i++) {
            problemOf(() -> domain.confirm(session, domain.wrongCode(started.key())));
        }
        assertThat(problemOf(() -> confirm(session, domain.code(started.key()), "made up")))
                .isEqualTo(INVALID);
        assertThat(problemOf(() -> confirm(session, domain.code(started.key()), started.verificationToken())))
                .isInstanceOf(Problem.AccountLocked.class);
    }

    /** The same app, so that it is the token alone that tells the set-ups apart. */
    @Test
    void aSetupThatWasRestartedWhileItWasConfirmedIsAnother() {
        var started = startApp(session);
        domain.hasher.meanwhile(() -> store(new Setup(
                new Enrollment.Totp(started.key()),
                domain.clock.instant().plusSeconds(900),
                Optional.of(new Setup.Token(Fingerprint.of("later"), session.fingerprint(), Optional.empty())),
                Map.of())));
        var code = domain.code(started.key());
        assertThat(problemOf(() -> confirm(session, code, started.verificationToken())))
                .isEqualTo(INVALID);
        assertThat(domain.mfa().state()).isEqualTo(MfaState.SETUP_IN_PROGRESS);
        confirm(session, code, "later");
    }

    @Test
    void aSetupFromBeforeEveryOneHadATokenIsConfirmedByItsCode() {
        var key = startApp(session).key();
        store(States.setup(key, domain.clock.instant().plusSeconds(900)));
        assertThat(problemOf(() -> confirm(session, domain.code(key), "any"))).isEqualTo(INVALID);
        assertThat(problemOf(() -> enroll(session, "any"))).isEqualTo(new Problem.SetupNotStarted());
        assertThat(domain.confirm(session, domain.code(key))).hasSize(10);
    }

    @Test
    void itIsNoEnrollmentTokenWhereThereAreNone() {
        var app = startApp(session);
        assertThat(app.enrollmentToken()).isEmpty();
        domain.clock.advance(Duration.ofSeconds(6));
        assertThat(problemOf(() -> enroll(session, app.verificationToken()))).isEqualTo(new Problem.SetupNotStarted());
        assertThat(domain.mfa().state()).isEqualTo(MfaState.SETUP_IN_PROGRESS);
    }

    @Test
    void itIsTheEnrollmentTokenWhereThatConfirms() {
        var polled = new TestDomain(AUTO_CONFIRM);
        var bySession = polled.loggedIn();
        var app = (StartSetup.Started.App) polled.startSetup.start(bySession, Method.TOTP, false, FROM);
        assertThat(app.enrollmentToken()).contains(app.verificationToken());
        var given = enrollment(app.verificationToken());
        assertThat(polled.confirmSetup.confirm(bySession, given, FROM))
                .isEqualTo(new ConfirmSetup.Outcome.Pending(Duration.ofSeconds(6)));
        polled.clock.advance(Duration.ofSeconds(6));
        assertThat(problemOf(() -> polled.confirm(polled.loggedIn(), given))).isEqualTo(new Problem.SetupNotStarted());
        assertThat(polled.confirm(bySession, given)).hasSize(10);
        assertThat(polled.stored(bySession).level()).isEqualTo(Level.ONE_FACTOR);
    }

    @Test
    void ofAMailedSetupAndOfAnAdditionItNeverConfirms() {
        var polled = new TestDomain(AUTO_CONFIRM);
        var bySession = polled.loggedIn();
        var mail = (StartSetup.Started.Mail) polled.startSetup.start(bySession, Method.EMAIL, false, FROM);
        polled.clock.advance(Duration.ofSeconds(6));
        assertThat(problemOf(() -> polled.confirm(bySession, enrollment(mail.verificationToken()))))
                .isEqualTo(new Problem.SetupNotStarted());
        polled.confirm(bySession, polled.mailroom.code());
        var alice = polled.stored(bySession);
        var app = (StartSetup.Started.App) polled.startSetup.start(alice, Method.TOTP, false, FROM);
        assertThat(app.enrollmentToken()).isEmpty();
        polled.clock.advance(Duration.ofSeconds(6));
        assertThat(problemOf(() -> polled.confirm(alice, enrollment(app.verificationToken()))))
                .isEqualTo(new Problem.SetupNotStarted());
    }

    @Test
    void aSetupFromBeforeAutoConfirmWasTurnedOffNeedsItsCode() {
        var key = startApp(session).key();
        store(new Setup(
                new Enrollment.Totp(key),
                domain.clock.instant().plusSeconds(900),
                Optional.of(new Setup.Token(
                        Fingerprint.of("token"), session.fingerprint(), Optional.of(domain.clock.instant()))),
                Map.of()));
        assertThat(problemOf(() -> enroll(session, "token"))).isEqualTo(new Problem.SetupNotStarted());
        confirm(session, domain.code(key), "token");
    }

    private StartSetup.Started.App startApp(Session by) {
        return (StartSetup.Started.App) domain.startSetup.start(by, Method.TOTP, false, FROM);
    }

    private StartSetup.Started.Mail startMail(Session by) {
        domain.clock.advance(STEP);
        return (StartSetup.Started.Mail) domain.startSetup.start(by, Method.EMAIL, false, FROM);
    }

    private void confirm(Session by, String code, String token) {
        domain.confirm(
                by,
                new ConfirmSetup.Given(
                        Optional.of(code), Optional.empty(), Optional.empty(), Optional.of(token), false));
    }

    private void enroll(Session by, String token) {
        domain.confirm(by, enrollment(token));
    }

    private static ConfirmSetup.Given enrollment(String token) {
        return new ConfirmSetup.Given(Optional.empty(), Optional.of(token), Optional.empty(), Optional.empty(), false);
    }

    private void store(Setup setup) {
        domain.accounts.<Boolean>change(ALICE, work -> {
            work.become(work.current().startSetup(setup));
            return true;
        });
    }
}
