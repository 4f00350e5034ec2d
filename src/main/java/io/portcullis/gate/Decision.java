package io.portcullis.gate;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.login.Caller;
import io.portcullis.domain.mfa.MfaState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the gate answers: a pure function of the rule, the caller and the time. */
sealed interface Decision {
    /** The request goes on; a rule that is not enforced yet says what it {@code wouldRefuse}, and tells the client in {@code answerHeaders}. */
    record Pass(Optional<Problem> wouldRefuse, Map<String, String> answerHeaders) implements Decision {}

    record Deny(Problem problem) implements Decision {}

    Decision PASS = new Pass(Optional.empty(), Map.of());

    /** For somebody whose credential is valid. */
    static Decision of(Rule rule, Caller caller, Instant now) {
        return switch (rule.access()) {
            case PUBLIC -> PASS;
            case ONE_FACTOR -> enforced(rule, permitted(rule, caller) ? PASS : new Deny(new Problem.Forbidden()), now);
            case TWO_FACTOR -> enforced(rule, twoFactor(rule, caller, now), now);
            case DENY -> new Deny(new Problem.Forbidden());
        };
    }

    /** For somebody whose credential is missing, not valid or expired. */
    static Decision without(Rule rule, Problem problem, Instant now) {
        return enforced(rule, new Deny(problem), now);
    }

    private static Decision twoFactor(Rule rule, Caller caller, Instant now) {
        if (!permitted(rule, caller)) {
            return new Deny(new Problem.Forbidden());
        }
        var counting = rule.secondFactor();
        var standing = caller.standing();
        if (standing.state() != MfaState.ENABLED || !counts(counting, standing.methods())) {
            return new Deny(new Problem.TwoFactorMandatory(
                    counting.methods().isEmpty() ? List.of() : names(counting.methods().stream())));
        }
        var oldest = counting.maxAge().map(now::minus).orElse(Instant.MIN);
        return isVerified(counting, caller.session().verified(), oldest)
                ? PASS
                : new Deny(new Problem.TwoFactorRequired(
                        names(standing.methods().stream().filter(counting::counts)), counting.maxAge()));
    }

    private static boolean counts(Rule.SecondFactor counting, Iterable<Method> methods) {
        for (var method : methods) {
            if (counting.counts(method)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isVerified(Rule.SecondFactor counting, Map<Method, Instant> verified, Instant oldest) {
        for (var proof : verified.entrySet()) {
            if (counting.counts(proof.getKey()) && !proof.getValue().isBefore(oldest)) {
                return true;
            }
        }
        return false;
    }

    private static boolean permitted(Rule rule, Caller caller) {
        return rule.roles().isEmpty()
                || caller.session()
                        .identity()
                        .role()
                        .filter(rule.roles()::contains)
                        .isPresent();
    }

    /** A store that is down is never let through, whatever the rule says of its enforcement: then nothing was decided. */
    private static Decision enforced(Rule rule, Decision decision, Instant now) {
        if (!(decision instanceof Deny deny) || deny.problem() instanceof Problem.StoreUnavailable) {
            return decision;
        }
        var enforcement = rule.enforcement();
        if (enforcement.report()) {
            return new Pass(
                    Optional.of(deny.problem()),
                    Map.of("X-2FA-Would-Refuse", deny.problem().code().wire()));
        }
        boolean laterOnly = deny.problem() instanceof Problem.TwoFactorMandatory
                && enforcement.from().filter(now::isBefore).isPresent();
        return laterOnly
                ? new Pass(
                        Optional.of(deny.problem()),
                        Map.of(
                                "X-2FA-Mandatory-From",
                                enforcement.from().orElseThrow().toString()))
                : decision;
    }

    private static List<String> names(Stream<Method> methods) {
        var wanted = methods.toList();
        return Arrays.stream(Method.values())
                .filter(wanted::contains)
                .map(Method::wire)
                .toList();
    }
}
