package io.portcullis.gate;

import static io.portcullis.gate.Callers.NOW;
import static io.portcullis.gate.Callers.caller;
import static io.portcullis.gate.Callers.enabled;
import static io.portcullis.gate.Callers.inState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.login.Caller;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.gate.Rule.Access;
import io.portcullis.http.Pages;
import io.portcullis.proxy.ExchangeLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract's decision table, cell by cell; {@link DecisionEnforcementTest} has the rules that are not enforced yet. */
class DecisionTest {
    private static final Map<Method, Instant> ONE_FACTOR = Map.of();
    private static final Map<Method, Instant> TWO_FACTOR = Map.of(Method.TOTP, NOW);
    private static final Rule ADMINS = rule(Access.TWO_FACTOR, Rule.SecondFactor.ANY);

    @Test
    void noValidCredentialIs401AuthRequired() {
        var deny = Decision.without(ADMINS, new Problem.AuthRequired(), NOW);
        assertDenied(deny, 401, "AUTH_REQUIRED", Action.LOGIN);
    }

    @Test
    void anExpiredCredentialIs401SessionExpired() {
        var deny = Decision.without(ADMINS, new Problem.SessionExpired(), NOW);
        assertDenied(deny, 401, "SESSION_EXPIRED", Action.LOGIN);
    }

    @ParameterizedTest
    @EnumSource(MfaState.class)
    void aRoleThatIsNotInTheRuleIs403ForbiddenWhateverTheState(MfaState state) {
        var editor = caller(Optional.of("editor"), state, TWO_FACTOR, Set.of(Method.TOTP));
        assertDenied(decide(ADMINS, editor), 403, "FORBIDDEN", Action.NONE);
        var nobody = caller(Optional.empty(), state, TWO_FACTOR, Set.of(Method.TOTP));
        assertDenied(decide(ADMINS, nobody), 403, "FORBIDDEN", Action.NONE);
    }

    @Test
    void aRuleWithoutRolesTakesAnyRoleAndNone() {
        var everybody = rule(Access.TWO_FACTOR, Set.of(), Rule.SecondFactor.ANY, Rule.Enforcement.FULL);
        var nobody = caller(Optional.empty(), MfaState.ENABLED, TWO_FACTOR, Set.of(Method.TOTP));
        assertThat(decide(everybody, nobody)).isEqualTo(Decision.PASS);
    }

    @ParameterizedTest
    @EnumSource(
            value = MfaState.class,
            names = {"DISABLED", "SETUP_IN_PROGRESS"})
    void withoutAnEnabledSecondFactorAnySessionIs403Mandatory(MfaState state) {
        for (var verified : List.of(ONE_FACTOR, TWO_FACTOR)) {
            var decision = decide(ADMINS, inState(state, verified));
            assertDenied(decision, 403, "2FA_MANDATORY", Action.ENABLE_2FA);
            assertThat(decision).isEqualTo(new Decision.Deny(new Problem.TwoFactorMandatory(List.of())));
        }
    }

    @Test
    void enabledAndOneFactorIs403RequiredWithTheMethodsThatWouldDo() {
        var decision = decide(ADMINS, enabled(ONE_FACTOR));
        assertDenied(decision, 403, "2FA_REQUIRED", Action.VERIFY_2FA);
        assertThat(decision).isEqualTo(required(List.of("totp"), Optional.empty()));
    }

    @Test
    void enabledAndTwoFactorIsProxied() {
        assertThat(decide(ADMINS, enabled(TWO_FACTOR))).isEqualTo(Decision.PASS);
    }

    @Test
    void everyMethodCountsWhereTheRuleNamesNone() {
        for (var method : Method.values()) {
            assertThat(decide(ADMINS, enabled(Map.of(method, NOW.minus(Duration.ofDays(6))))))
                    .isEqualTo(Decision.PASS);
        }
    }

    @Test
    void aVerificationOlderThanTheRuleAllowsIs403Required() {
        var maxAge = Duration.ofHours(12);
        var strict = rule(Access.TWO_FACTOR, new Rule.SecondFactor(Set.of(), Optional.of(maxAge)));
        assertThat(decide(strict, enabled(Map.of(Method.TOTP, NOW.minus(maxAge)))))
                .isEqualTo(Decision.PASS);
        assertThat(decide(strict, enabled(Map.of(Method.TOTP, NOW.minus(maxAge).minusMillis(1)))))
                .isEqualTo(required(List.of("totp"), Optional.of(maxAge)));
    }

    @Test
    void aMethodThatTheRuleDoesNotCountIs403RequiredWithThoseThatAreSetUpAndCount() {
        var totpOnly = rule(Access.TWO_FACTOR, counting(Method.TOTP, Method.WEBAUTHN));
        var byMail = caller(
                Optional.of("admin"),
                MfaState.ENABLED,
                Map.of(Method.EMAIL, NOW, Method.RECOVERY, NOW),
                Set.of(Method.TOTP, Method.EMAIL));
        assertThat(decide(totpOnly, byMail)).isEqualTo(required(List.of("totp"), Optional.empty()));
    }

    @Test
    void aFreshProofThatDoesNotCountMakesAnOldOneNoFresher() {
        var strict =
                rule(Access.TWO_FACTOR, new Rule.SecondFactor(Set.of(Method.TOTP), Optional.of(Duration.ofHours(12))));
        var mixed = enabled(Map.of(Method.TOTP, NOW.minus(Duration.ofHours(13)), Method.RECOVERY, NOW));
        assertThat(decide(strict, mixed)).isEqualTo(required(List.of("totp"), Optional.of(Duration.ofHours(12))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"DEVICE", "NETWORK"})
    void whatStandsInForAProofNeverSatisfiesARuleThatNamesMethods(Method standIn) {
        for (var method : List.of(Method.TOTP, Method.EMAIL, Method.RECOVERY, Method.WEBAUTHN)) {
            var named = rule(Access.TWO_FACTOR, counting(method));
            var skipped = caller(Optional.of("admin"), MfaState.ENABLED, Map.of(standIn, NOW), Set.of(method));
            assertThat(decide(named, skipped)).isEqualTo(required(List.of(method.wire()), Optional.empty()));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> counting(standIn));
    }

    @Test
    void theAgeOfADeviceIsThatOfTheProofItWasRememberedFor() {
        var maxAge = Duration.ofHours(12);
        var strict = rule(Access.TWO_FACTOR, new Rule.SecondFactor(Set.of(), Optional.of(maxAge)));
        assertThat(decide(strict, enabled(Map.of(Method.DEVICE, NOW.minus(maxAge)))))
                .isEqualTo(Decision.PASS);
        assertThat(decide(
                        strict, enabled(Map.of(Method.DEVICE, NOW.minus(maxAge).minusMillis(1)))))
                .isEqualTo(required(List.of("totp"), Optional.of(maxAge)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"DEVICE", "NETWORK"})
    void whatStandsInForAProofStandsInForNoSetUp(Method standIn) {
        for (var state : List.of(MfaState.DISABLED, MfaState.SETUP_IN_PROGRESS)) {
            assertDenied(decide(ADMINS, inState(state, Map.of(standIn, NOW))), 403, "2FA_MANDATORY", Action.ENABLE_2FA);
        }
    }

    @Test
    void enabledWithNoneOfTheRulesMethodsIs403MandatoryWithTheMethodsToSetUp() {
        var hardware = rule(Access.TWO_FACTOR, counting(Method.WEBAUTHN, Method.EMAIL));
        for (var verified : List.of(ONE_FACTOR, TWO_FACTOR)) {
            assertThat(decide(hardware, enabled(verified)))
                    .isEqualTo(new Decision.Deny(new Problem.TwoFactorMandatory(List.of("email", "webauthn"))));
        }
    }

    @Test
    void aOneFactorRuleAsksForACredentialAndTheRoleAlone() {
        var rule = rule(Access.ONE_FACTOR, Rule.SecondFactor.ANY);
        assertThat(decide(rule, inState(MfaState.DISABLED, ONE_FACTOR))).isEqualTo(Decision.PASS);
        var editor = caller(Optional.of("editor"), MfaState.ENABLED, TWO_FACTOR, Set.of(Method.TOTP));
        assertDenied(decide(rule, editor), 403, "FORBIDDEN", Action.NONE);
        assertDenied(Decision.without(rule, new Problem.AuthRequired(), NOW), 401, "AUTH_REQUIRED", Action.LOGIN);
    }

    @Test
    void aDenyRuleRefusesEverybodyAndAPublicOneNobody() {
        assertDenied(
                decide(rule(Access.DENY, Rule.SecondFactor.ANY), enabled(TWO_FACTOR)), 403, "FORBIDDEN", Action.NONE);
        var editor = caller(Optional.of("editor"), MfaState.DISABLED, ONE_FACTOR, Set.of());
        assertThat(decide(rule(Access.PUBLIC, Rule.SecondFactor.ANY), editor)).isEqualTo(Decision.PASS);
    }

    private static Decision decide(Rule rule, Caller caller) {
        return Decision.of(rule, caller, NOW);
    }

    private static Decision required(List<String> methods, Optional<Duration> maxAge) {
        return new Decision.Deny(new Problem.TwoFactorRequired(methods, maxAge));
    }

    private static void assertDenied(Decision decision, int status, String code, Action action) {
        assertThat(decision).isInstanceOfSatisfying(Decision.Deny.class, deny -> {
            assertThat(deny.problem().code().status()).isEqualTo(status);
            assertThat(deny.problem().code().wire()).isEqualTo(code);
            assertThat(deny.problem().action()).isEqualTo(action);
        });
    }

    private static Rule.SecondFactor counting(Method... methods) {
        return new Rule.SecondFactor(Set.of(methods), Optional.empty());
    }

    private static Rule rule(Access access, Rule.SecondFactor secondFactor) {
        return rule(access, Set.of("admin", "superAdmin"), secondFactor, Rule.Enforcement.FULL);
    }

    static Rule rule(Access access, Set<String> roles, Rule.SecondFactor secondFactor, Rule.Enforcement enforcement) {
        return new Rule(
                "admin",
                "/admin/**",
                Set.of(),
                access,
                roles,
                "legacy",
                Pages.DEFAULTS,
                secondFactor,
                enforcement,
                ExchangeLimits.NONE);
    }
}
