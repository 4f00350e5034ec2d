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
import io.portcullis.domain.session.Session;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has a first factor turns the second one on and off: each time the owner is mailed twice. */
class EnrollmentLimitTest {
    private final TestDomain domain = new TestDomain();
    private final Session session = domain.loggedIn();

    @ParameterizedTest(name = "keeps codes that were shown: {0}")
    @ValueSource(booleans = {false, true})
    void tenTimesAnHour(boolean keepShown) {
        for (int i = 0; i < 10; i++) {
            enroll(keepShown);
            disable();
        }
        assertThat(problemOf(() -> enroll(keepShown)))
                .isEqualTo(new Problem.RateLimited("enrollment", 10, Duration.ofHours(1), Duration.ofHours(1)));
        assertThat(domain.accounts.events(ALICE))
                .filteredOn(AuditEvent.Type.MFA_ENABLED::equals)
                .hasSize(10);
        assertThat(domain.mfa().state()).isEqualTo(MfaState.SETUP_IN_PROGRESS);

        domain.clock.advance(Duration.ofHours(1));
        enroll(keepShown);
        assertThat(domain.mfa().state()).isEqualTo(MfaState.ENABLED);
    }

    @Test
    void aWrongCodeTakesNothing() {
        for (int i = 0; i < 10; i++) {
            var key = domain.startApp(domain.stored(session));
            assertThat(problemOf(() -> domain.confirm(domain.stored(session), domain.wrongCode(key))))
                    .isInstanceOf(Problem.InvalidCode.class);
            domain.confirm(domain.stored(session), domain.code(key));
            disable();
        }
    }

    @Test
    void anAddedMethodIsNoEnrollment() {
        for (int i = 0; i < 9; i++) {
            enroll(false);
            disable();
        }
        enroll(false);
        domain.startSetup.start(domain.stored(session), Method.EMAIL, false, FROM);
        domain.confirm(domain.stored(session), domain.mailroom.code());
        assertThat(domain.mfa())
                .isInstanceOfSatisfying(
                        Mfa.Enabled.class,
                        enabled -> assertThat(enabled.methods()).containsExactlyInAnyOrder(Method.TOTP, Method.EMAIL));
    }

    @Test
    void codesThatSetUpsShowedTakeNothingFromTheirConfirmation() {
        for (int i = 0; i < 30; i++) {
            domain.startSetup.start(session, Method.TOTP, true, FROM);
        }
        assertThat(problemOf(() -> domain.startSetup.start(session, Method.TOTP, true, FROM)))
                .isInstanceOfSatisfying(
                        Problem.RateLimited.class,
                        limited -> assertThat(limited.policy()).isEqualTo("setupCodes"));
        var key = domain.startApp(session);
        assertThat(domain.confirm(session, domain.code(key))).hasSize(10);
        assertThat(domain.regenerate.regenerate(domain.stored(session), FreshProof.Given.NOTHING, FROM))
                .hasSize(10);
    }

    /** The codes that were shown are there to be kept, but this enrollment was not counted. */
    @Test
    void aCodeThatBecomesRightAfterItWasLookedAtKeepsNothing() {
        var started = (StartSetup.Started.App) domain.startSetup.start(session, Method.TOTP, true, FROM);
        var later = started.key().code(domain.clock.instant().plus(STEP.multipliedBy(2)));
        var late = new ConfirmSetup(
                LateAccounts.of(domain.accounts, () -> domain.clock.advance(STEP)),
                domain.sessions,
                domain.emailCodes,
                domain.limiter,
                new FreshRecoveryCodes(domain.hasher, domain.limiter, MfaSettings.DEFAULTS, new SecureRandom()),
                MfaSettings.DEFAULTS,
                domain.clock);
        assertThat(problemOf(() -> late.confirm(session, given(later, true), FROM)))
                .isEqualTo(new Problem.StoreUnavailable());
        assertThat(domain.mfa().state()).isEqualTo(MfaState.SETUP_IN_PROGRESS);
        assertThat(domain.confirm(session, given(later, true))).isEmpty();
        assertThat(domain.mfa().state()).isEqualTo(MfaState.ENABLED);
    }

    private List<RecoveryCode> enroll(boolean keepShown) {
        var one = domain.stored(session);
        var started = (StartSetup.Started.App) domain.startSetup.start(one, Method.TOTP, keepShown, FROM);
        return domain.confirm(one, given(domain.code(started.key()), keepShown));
    }

    private void disable() {
        domain.disable(domain.stored(session), Optional.empty(), Optional.empty());
    }

    private static ConfirmSetup.Given given(String code, boolean keepShown) {
        return new ConfirmSetup.Given(
                Optional.of(code), Optional.empty(), Optional.empty(), Optional.empty(), keepShown);
    }
}
