package io.portcullis.domain.mfa;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.domain.TestDomain.STEP;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Session;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A code that is surely refused costs no slow hash and nothing of the owner's limit; any other may be right. */
class RegenerateRecoveryCodesTest {
    private static final int MANY = 40;

    private final TestDomain domain = new TestDomain();
    private final TestDomain.Enrolled alice = domain.enrolled();
    private final Session thief = domain.loggedIn();
    private int hashes;

    @BeforeEach
    void countHashes() {
        hashes = domain.hasher.hashes();
    }

    @Test
    void aUsedRecoveryCodeTakesNothing() {
        var used = alice.recoveryCodes().getFirst().plaintext();
        domain.stepUp(alice.session(), used, Optional.empty(), FROM);
        for (int i = 0; i < MANY; i++) {
            assertThat(problemOf(() -> regenerate(thief, used))).isEqualTo(new Problem.CodeAlreadyUsed());
        }
        assertNothingTaken();
    }

    @Test
    void aReplayedCodeOfTheAppTakesNothing() {
        var used = domain.code(alice.key());
        domain.stepUp(alice.session(), used, Optional.empty(), FROM);
        for (int i = 0; i < MANY; i++) {
            assertThat(problemOf(() -> regenerate(thief, used))).isEqualTo(new Problem.CodeAlreadyUsed());
        }
        assertNothingTaken();
    }

    @Test
    void aWrongCodeOfTheAppIsCountedAndTakesNothing() {
        assertThat(problemOf(() -> regenerate(thief, domain.wrongCode(alice.key()))))
                .isEqualTo(new Problem.InvalidCode(4));
        assertNothingTaken();
    }

    @Test
    void aRecoveryCodeOfNoStoredOneIsCountedAndTakesNothing() {
        var indexes = domain.accounts.recoveryCodes(ALICE).stream()
                .map(Accounts.StoredRecoveryCode::index)
                .toList();
        var unknown = Stream.of("AA", "BB", "CC", "DD", "EE", "FF", "GG", "HH", "JJ", "KK", "LL")
                .filter(index -> !indexes.contains(index))
                .findFirst()
                .orElseThrow();
        assertThat(problemOf(() -> regenerate(thief, unknown + "AAAA-AAAAAA"))).isEqualTo(new Problem.InvalidCode(4));
        assertNothingTaken();
    }

    @Test
    void aRightCodeOfTheAppMakesThem() {
        assertThat(regenerate(thief, domain.code(alice.key()))).hasSize(10);
    }

    @Test
    void anUnusedRecoveryCodeMakesThem() {
        assertThat(regenerate(thief, alice.recoveryCodes().getLast().plaintext()))
                .hasSize(10);
    }

    /** By an app that was asked first and does not know it. */
    @Test
    void aMailedCodeMakesThem() {
        domain.startSetup.start(alice.session(), Method.EMAIL, false, FROM);
        domain.confirm(alice.session(), domain.mailroom.code());
        domain.requestCode.forSession(domain.stored(alice.session()), FROM);
        assertThat(regenerate(thief, domain.mailroom.code())).hasSize(10);
    }

    @Test
    void aRecoveryCodeThatWasMadeElsewhereMakesThem() {
        for (var foreign : List.of("12345678", "QQQQQQ-QQQQQQ", "any-form-at-all")) {
            domain.accounts.<Boolean>change(ALICE, work -> {
                work.replaceRecoveryCodes(Map.of("~1", domain.hasher.hash(foreign)));
                return true;
            });
            assertThat(regenerate(thief, foreign)).hasSize(10);
        }
    }

    @Test
    void aCodeThatBecomesRightAfterItWasLookedAtKeepsNothing() {
        var later = alice.key().code(domain.clock.instant().plus(STEP.multipliedBy(2)));
        var accounts = LateAccounts.of(domain.accounts, () -> domain.clock.advance(STEP));
        var settings = MfaSettings.DEFAULTS;
        var secondFactor =
                new SecondFactor(accounts, domain.emailCodes, domain.limiter, domain.hasher, settings, domain.clock);
        var late = new RegenerateRecoveryCodes(
                accounts,
                new FreshProof(secondFactor, (session, password, client) -> false, settings, domain.clock),
                new FreshRecoveryCodes(domain.hasher, domain.limiter, settings, new SecureRandom()),
                domain.clock);
        var before = domain.accounts.recoveryCodes(ALICE);
        assertThat(problemOf(() -> late.regenerate(thief, given(later), FROM)))
                .isEqualTo(new Problem.StoreUnavailable());
        assertThat(domain.accounts.recoveryCodes(ALICE)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(regenerate(thief, later)).as("the same code, later").hasSize(10);
    }

    /** No slow hash was made, and the owner has the whole limit. */
    private void assertNothingTaken() {
        assertThat(domain.hasher.hashes()).isEqualTo(hashes);
        for (int i = 0; i < 30; i++) {
            assertThat(domain.regenerate.regenerate(alice.session(), FreshProof.Given.NOTHING, FROM))
                    .hasSize(10);
        }
    }

    private List<RecoveryCode> regenerate(Session by, String code) {
        return domain.regenerate.regenerate(by, given(code), FROM);
    }

    private static FreshProof.Given given(String code) {
        return new FreshProof.Given(Optional.of(code), Optional.empty());
    }
}
