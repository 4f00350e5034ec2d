package io.portcullis.domain.mfa;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.domain.TestDomain.STEP;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Recovery codes that are shown with a set-up and good once it is confirmed. */
class ShownRecoveryCodesTest {
    private final TestDomain domain = new TestDomain();
    private final Session session = domain.loggedIn();

    /** A set-up, and a code that confirms it. */
    private record Shown(List<RecoveryCode> codes, String code) {}

    @Test
    void theyBecomeTheAccountsWithTheConfirmation() {
        var shown = startApp(session);
        assertThat(shown.codes()).hasSize(10);
        int hashes = domain.hasher.hashes();
        assertThat(confirm(session, shown.code(), true)).isEmpty();
        assertThat(domain.hasher.hashes()).as("slow hashes of the confirmation").isEqualTo(hashes);
        assertAlive(shown.codes(), 10);
    }

    @Test
    void thoseOfAMailedSetupToo() {
        var shown = startMail(session);
        assertThat(shown.codes()).hasSize(10);
        assertThat(confirm(session, shown.code(), true)).isEmpty();
        assertAlive(shown.codes(), 10);
    }

    @Test
    void nobodyIsShownAnyWhoDidNotAsk() {
        var started = (StartSetup.Started.App) domain.startSetup.start(session, Method.TOTP, false, FROM);
        assertThat(started.recoveryCodes()).isEmpty();
        assertThat(domain.hasher.hashes()).isZero();
        assertThat(confirm(session, domain.code(started.key()), true)).hasSize(10);
    }

    @Test
    void theirHashesAloneAreKept() {
        var shown = startApp(session);
        var stored = ((Mfa.SetupInProgress) domain.mfa()).setup();
        assertThat(stored.recoveryCodes()).hasSize(10);
        for (var code : shown.codes()) {
            assertThat(stored.recoveryCodes())
                    .containsEntry(
                            code.index(), domain.hasher.hash(code.plaintext().replace("-", "")));
        }
        assertThat(stored.toString()).doesNotContain(stored.recoveryCodes().values());
    }

    @Test
    void whoConfirmsWithoutThemGetsFreshOnesAndTheyDie() {
        var shown = startApp(session);
        var fresh = confirm(session, shown.code(), false);
        assertThat(fresh).hasSize(10);
        assertDead(shown.codes());
        assertAlive(fresh, 10);
    }

    @Test
    void anAddedMethodShowsNoneAndLeavesThoseThereAre() {
        var alice = domain.enrolled();
        domain.clock.advance(STEP);
        var started = (StartSetup.Started.Mail) domain.startSetup.start(alice.session(), Method.EMAIL, true, FROM);
        assertThat(started.recoveryCodes()).isEmpty();
        assertThat(confirm(alice.session(), domain.mailroom.code(), true)).isEmpty();
        assertAlive(alice.recoveryCodes(), 10);
        assertThatThrownBy(() -> new Mfa.Enabled(
                        Optional.empty(),
                        Optional.of(new Mailbox("alice@example.com", false)),
                        Optional.of(new Setup(
                                new Enrollment.Email("alice@example.com"),
                                domain.clock.instant(),
                                Optional.empty(),
                                Map.of("AB", "hash")))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void beforeTheConfirmationTheyAreGoodForNothing() {
        var shown = startApp(session);
        var code = shown.codes().getFirst().plaintext();
        assertThat(problemOf(() -> domain.stepUp(session, code, Optional.empty(), FROM)))
                .isEqualTo(new Problem.SetupNotStarted());
        assertThat(problemOf(() -> confirm(session, code, true))).isInstanceOf(Problem.InvalidCode.class);
        assertThat(domain.accounts.recoveryCodes(ALICE)).isEmpty();
        assertThat(domain.accounts.standing(ALICE, session.fingerprint()).recoveryCodesRemaining())
                .isZero();
    }

    @Test
    void aWrongCodeLeavesThemAsTheyAre() {
        var shown = startApp(session);
        assertThat(problemOf(() -> confirm(session, shown.codes().getFirst().plaintext(), true)))
                .isInstanceOf(Problem.InvalidCode.class);
        assertThat(confirm(session, shown.code(), true)).isEmpty();
        assertAlive(shown.codes(), 10);
    }

    @Test
    void aNewSetupShowsOthersAndTheEarlierDie() {
        var first = startApp(session);
        var second = startApp(session);
        confirm(session, second.code(), true);
        assertDead(first.codes());
        assertAlive(second.codes(), 10);
    }

    @Test
    void aNewSetupThatShowsNoneTakesThemAway() {
        var shown = startApp(session);
        var key = domain.startApp(session);
        assertThat(confirm(session, domain.code(key), true)).hasSize(10);
        assertDead(shown.codes());
    }

    @Test
    void theyEndWithTheTimeOfTheirSetup() {
        var shown = startApp(session);
        domain.clock.advance(Duration.ofMinutes(15));
        assertThat(problemOf(() -> confirm(session, shown.code(), true))).isEqualTo(new Problem.SetupNotStarted());
        var key = domain.startApp(session);
        assertThat(confirm(session, domain.code(key), true)).hasSize(10);
        assertDead(shown.codes());
    }

    @Test
    void theyEndWithALogout() {
        var other = domain.loggedIn();
        var shown = startApp(session);
        domain.logout.logout(session, FROM);
        assertThat(domain.mfa()).isEqualTo(new Mfa.Disabled());
        var key = domain.startApp(other);
        assertThat(confirm(other, domain.code(key), true)).hasSize(10);
        assertDead(shown.codes());
    }

    /** F12: of two set-ups of an account the later one counts, with its codes. */
    @Test
    void aSetupThatSomebodyElseRestartedIsNotConfirmedAndItsCodesAreDead() {
        var first = startApp(session);
        var other = domain.loggedIn();
        var second = startApp(other);
        assertThat(problemOf(() -> confirm(session, first.code(), true))).isInstanceOf(Problem.InvalidCode.class);
        assertThat(confirm(other, second.code(), true)).isEmpty();
        assertDead(first.codes());
        assertAlive(second.codes(), 10);
    }

    /** F12 by mail: the code of a thief's set-up comes to the owner, who types it. What the thief saw must not become good. */
    @Test
    void codesThatAnotherSessionSawAreNotKept() {
        var owners = startMail(session);
        domain.clock.advance(STEP);
        var thiefs = startMail(domain.loggedIn());
        var fresh = confirm(session, thiefs.code(), true);
        assertThat(fresh).hasSize(10);
        assertDead(owners.codes());
        assertDead(thiefs.codes());
        assertAlive(fresh, 10);
    }

    /** The same app, so that the code is right for both. */
    @Test
    void thoseOfTheSetupThatIsConfirmedCount() {
        var key = domain.startApp(session);
        var plain = ((Mfa.SetupInProgress) domain.mfa()).setup();
        domain.hasher.meanwhile(() -> store(new Setup(
                plain.enrollment(), plain.expiresAt(), plain.token(), Map.of("AB", domain.hasher.hash("shown")))));
        assertThat(confirm(session, domain.code(key), true)).isEmpty();
        assertThat(domain.accounts.recoveryCodes(ALICE))
                .containsExactly(new Accounts.StoredRecoveryCode("AB", domain.hasher.hash("shown"), false));
    }

    @Test
    void aSessionStoreThatFailsKeepsThem() {
        var shown = startApp(session);
        domain.sessions.goDown();
        assertThat(problemOf(() -> confirm(session, shown.code(), true))).isEqualTo(new Problem.StoreUnavailable());
        domain.sessions.comeBack();
        assertThat(confirm(session, shown.code(), true)).isEmpty();
        assertAlive(shown.codes(), 10);
    }

    @Test
    void theyAreMadeThirtyTimesInAQuarterOfAnHourAtTheMost() {
        for (int i = 0; i < 30; i++) {
            startApp(session);
        }
        assertThat(problemOf(() -> startApp(session))).isInstanceOf(Problem.RateLimited.class);
        assertThat(domain.hasher.hashes()).isEqualTo(300);
    }

    private Shown startApp(Session by) {
        var started = (StartSetup.Started.App) domain.startSetup.start(by, Method.TOTP, true, FROM);
        assertThat(started.toString()).isEqualTo("App[hidden]");
        return new Shown(started.recoveryCodes(), domain.code(started.key()));
    }

    private Shown startMail(Session by) {
        var started = (StartSetup.Started.Mail) domain.startSetup.start(by, Method.EMAIL, true, FROM);
        assertThat(started.toString()).isEqualTo("Mail[hidden]");
        return new Shown(started.recoveryCodes(), domain.mailroom.code());
    }

    private List<RecoveryCode> confirm(Session by, String code, boolean keepShownCodes) {
        return domain.confirm(
                by,
                new ConfirmSetup.Given(
                        Optional.of(code), Optional.empty(), Optional.empty(), Optional.empty(), keepShownCodes));
    }

    private void store(Setup setup) {
        domain.accounts.<Boolean>change(ALICE, work -> {
            work.become(new Mfa.SetupInProgress(setup));
            return true;
        });
    }

    /** One of them opens the account, and all of them are there. */
    private void assertAlive(List<RecoveryCode> codes, int count) {
        var proved = domain.stepUp(domain.loggedIn(), codes.getLast().plaintext(), Optional.empty(), FROM);
        assertThat(proved.method()).isEqualTo(Method.RECOVERY);
        assertThat(proved.recoveryCodesRemaining()).isEqualTo(count - 1);
        assertThat(domain.accounts.recoveryCodes(ALICE).stream().map(Accounts.StoredRecoveryCode::index))
                .containsExactlyInAnyOrderElementsOf(
                        codes.stream().map(RecoveryCode::index).toList());
    }

    private void assertDead(List<RecoveryCode> codes) {
        assertThat(codes).hasSize(10);
        assertThat(problemOf(
                        () -> domain.stepUp(domain.loggedIn(), codes.getFirst().plaintext(), Optional.empty(), FROM)))
                .isInstanceOf(Problem.InvalidCode.class);
    }
}
