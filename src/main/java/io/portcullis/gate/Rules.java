package io.portcullis.gate;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.gate.Rule.Access;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rules of the config file, first match wins. Immutable, for any thread. */
public final class Rules {
    private record Compiled(Rule rule, PathPattern pattern) {
        boolean binds(String method) {
            return rule.methods().isEmpty() || rule.methods().contains(method);
        }
    }

    private final List<Compiled> rules;

    /** @throws IllegalArgumentException when the path of a rule is no pattern; the message names it */
    public Rules(List<Rule> rules) {
        this.rules = rules.stream()
                .map(rule -> new Compiled(rule, new PathPattern(rule.path())))
                .toList();
    }

    /**
     * The rule of a request: that of the path as it stands.
     *
     * @throws Refused {@code NO_ROUTE} when no rule names the path; {@code AMBIGUOUS_PATH} when some server could read another path, or fold the
     *     method, and that falls under a rule that asks for anything this one does not, or under none
     */
    public Rule match(String method, RequestTarget target) {
        var rule = find(method, target.reading());
        if (rule == null) {
            throw new Refused(new Problem.NoRoute());
        }
        if (rule.access() != Access.DENY) {
            checkOthers(rule, method, target);
        }
        return rule;
    }

    private void checkOthers(Rule rule, String method, RequestTarget target) {
        var folded = method.toUpperCase(Locale.ROOT);
        if (!folded.equals(method)) {
            check(rule, folded, target.reading());
        }
        for (var reading : target.otherReadings()) {
            check(rule, method, reading);
            if (!folded.equals(method)) {
                check(rule, folded, reading);
            }
        }
    }

    private void check(Rule rule, String method, String reading) {
        var other = find(method, reading);
        if (other == null || !covers(rule, other)) {
            throw new Refused(new Problem.AmbiguousPath());
        }
    }

    private @Nullable Rule find(String method, String path) {
        for (var compiled : rules) {
            if (compiled.binds(method) && compiled.pattern().matches(path)) {
                return compiled.rule();
            }
        }
        return null;
    }

    /** Whether who passes the one rule would pass the other too, within its limits. Rules of one level are not compared: to be another one is enough to say no. */
    private static boolean covers(Rule rule, Rule other) {
        if (rule.equals(other)) {
            return true;
        }
        boolean sameRoles = other.roles().isEmpty()
                || (!rule.roles().isEmpty() && other.roles().containsAll(rule.roles()));
        return rule.upstream().equals(other.upstream())
                && rule.limits().within(other.limits())
                && (other.access() == Access.PUBLIC || (other.access().compareTo(enforced(rule)) < 0 && sameRoles));
    }

    /** What a rule asks for today: one that only reports lets everybody through, one with a start date may let a single factor through. */
    private static Access enforced(Rule rule) {
        if (rule.enforcement().report()) {
            return Access.PUBLIC;
        }
        boolean later =
                rule.access() == Access.TWO_FACTOR && rule.enforcement().from().isPresent();
        return later ? Access.ONE_FACTOR : rule.access();
    }
}
