package io.portcullis.gate;

import static io.portcullis.gate.Callers.NOW;
import static io.portcullis.gate.Callers.caller;
import static io.portcullis.gate.Callers.enabled;
import static io.portcullis.gate.Callers.inState;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.login.Caller;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.gate.Rule.Access;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules that are not enforced, or not yet: {@code mode: report} and {@code from}. */
class DecisionEnforcementTest {
    private static final Instant FROM = NOW.plusSeconds(3600);
    private static final Caller EDITOR =
            caller(Optional.of("editor"), MfaState.ENABLED, Map.of(Method.TOTP, NOW), Set.of(Method.TOTP));
    private static final Rule REPORTING = rule(Access.TWO_FACTOR, new Rule.Enforcement(true, Optional.empty()));
    private static final Rule LATER = rule(Access.TWO_FACTOR, new Rule.Enforcement(false, Optional.of(FROM)));

    @Test
    void reportProxiesWhatItWouldRefuseAndSaysSo() {
        assertReported(Decision.without(REPORTING, new Problem.AuthRequired(), NOW), "AUTH_REQUIRED");
        assertReported(Decision.without(REPORTING, new Problem.SessionExpired(), NOW), "SESSION_EXPIRED");
        assertReported(Decision.of(REPORTING, EDITOR, NOW), "FORBIDDEN");
        assertReported(Decision.of(REPORTING, inState(MfaState.DISABLED, Map.of()), NOW), "2FA_MANDATORY");
        assertReported(Decision.of(REPORTING, enabled(Map.of()), NOW), "2FA_REQUIRED");
    }

    @Test
    void reportSaysNothingOfWhatItWouldLetThrough() {
        assertThat(Decision.of(REPORTING, enabled(Map.of(Method.TOTP, NOW)), NOW))
                .isEqualTo(Decision.PASS);
    }

    @Test
    void aOneFactorRuleReportsToo() {
        var rule = rule(Access.ONE_FACTOR, new Rule.Enforcement(true, Optional.empty()));
        assertReported(Decision.without(rule, new Problem.AuthRequired(), NOW), "AUTH_REQUIRED");
        assertReported(Decision.of(rule, EDITOR, NOW), "FORBIDDEN");
    }

    @Test
    void aStoreThatIsDownIsNeverLetThrough() {
        var down = new Problem.StoreUnavailable();
        assertThat(Decision.without(REPORTING, down, NOW)).isEqualTo(new Decision.Deny(down));
        assertThat(Decision.without(LATER, down, NOW)).isEqualTo(new Decision.Deny(down));
    }

    @Test
    void fromLetsThoseWithoutASecondFactorThroughUntilThatMoment() {
        var decision = Decision.of(LATER, inState(MfaState.DISABLED, Map.of()), FROM.minusMillis(1));
        assertThat(decision).isInstanceOfSatisfying(Decision.Pass.class, pass -> {
            assertThat(pass.answerHeaders()).containsOnly(Map.entry("X-2FA-Mandatory-From", "2026-03-01T11:00:00Z"));
            assertThat(pass.wouldRefuse()).containsInstanceOf(Problem.TwoFactorMandatory.class);
        });
    }

    @Test
    void fromThatMomentOnItIsMandatory() {
        assertThat(Decision.of(LATER, inState(MfaState.DISABLED, Map.of()), FROM))
                .isInstanceOfSatisfying(
                        Decision.Deny.class,
                        deny -> assertThat(deny.problem()).isInstanceOf(Problem.TwoFactorMandatory.class));
    }

    @Test
    void fromSoftensNothingElse() {
        assertThat(Decision.of(LATER, enabled(Map.of()), NOW)).isInstanceOf(Decision.Deny.class);
        assertThat(Decision.of(LATER, EDITOR, NOW)).isInstanceOf(Decision.Deny.class);
        assertThat(Decision.without(LATER, new Problem.AuthRequired(), NOW)).isInstanceOf(Decision.Deny.class);
    }

    private static void assertReported(Decision decision, String code) {
        assertThat(decision).isInstanceOfSatisfying(Decision.Pass.class, pass -> {
            assertThat(pass.answerHeaders()).containsOnly(Map.entry("X-2FA-Would-Refuse", code));
            assertThat(pass.wouldRefuse().orElseThrow().code().wire()).isEqualTo(code);
        });
    }

    private static Rule rule(Access access, Rule.Enforcement enforcement) {
        return DecisionTest.rule(access, Set.of("admin"), Rule.SecondFactor.ANY, enforcement);
    }
}
