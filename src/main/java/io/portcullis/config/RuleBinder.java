package io.portcullis.config;

import io.portcullis.gate.Rule;
import io.portcullis.gate.Rule.Access;
import io.portcullis.gate.Rules;
import io.portcullis.http.Pages;
import io.portcullis.proxy.ExchangeLimits;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code rules}. */
final class RuleBinder {
    private final Value root;
    private final Problems problems;
    private final Set<String> upstreams;

    RuleBinder(Value root, Problems problems) {
        this.root = root;
        this.problems = problems;
        this.upstreams = root.at("upstreams").members().keySet();
    }

    /** In the order of the file; empty where a rule could not be read. */
    List<Optional<Rule>> rules() {
        var sections = root.at("rules").items();
        sections.forEach(this::checkKeys);
        checkReachable(sections);
        return sections.stream().map(this::rule).toList();
    }

    private Optional<Rule> rule(Value section) {
        var rule = problems.settings(
                root,
                section,
                () -> new Rule(
                        section.at("name")
                                .optionalText()
                                .orElseGet(() -> section.at("path").text()),
                        section.at("path").text(),
                        section.at("methods").texts(),
                        access(section),
                        section.at("roles").texts(),
                        upstream(section),
                        pages(section.at("pages")),
                        secondFactor(section.at("secondFactor")),
                        enforcement(section.at("enforcement")),
                        limits(section.at("limits"))));
        return rule.filter(made -> isPattern(made, section.at("path")));
    }

    /** The gate knows which paths it cannot match for certain. */
    private boolean isPattern(Rule rule, Value path) {
        try {
            new Rules(List.of(rule));
            return true;
        } catch (IllegalArgumentException noPattern) {
            problems.add(path, "could be read in several ways; write it with plain segments");
            return false;
        }
    }

    private static Access access(Value section) {
        return Access.valueOf(
                section.at("access").text().toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private String upstream(Value section) {
        var named = section.at("upstream");
        if (named.given()) {
            if (!upstreams.isEmpty() && !upstreams.contains(named.text())) {
                problems.add(named, "no upstream has this name; known are: " + String.join(", ", upstreams));
            }
            return named.text();
        } else if (access(section) == Access.DENY || upstreams.isEmpty()) {
            return "";
        } else if (upstreams.size() > 1) {
            problems.add(named, "is missing; there are several upstreams: " + String.join(", ", upstreams));
        }
        return upstreams.iterator().next();
    }

    private static Pages pages(Value section) {
        return new Pages(
                section.at("login").text(),
                section.at("setup").text(),
                section.at("verify").text());
    }

    private static Rule.SecondFactor secondFactor(Value section) {
        return new Rule.SecondFactor(
                MfaBinder.methods(section.at("methods")),
                section.at("maxAge").optional().map(Value::duration));
    }

    private Rule.Enforcement enforcement(Value section) {
        return new Rule.Enforcement(
                section.at("mode").text().equals("report"),
                section.at("from").optional().flatMap(this::moment));
    }

    private static ExchangeLimits limits(Value section) {
        return section.given()
                ? new ExchangeLimits(
                        section.at("body").optional().map(Value::bytes),
                        section.at("header").optional().map(Value::bytes),
                        section.at("time").optional().map(Value::duration))
                : ExchangeLimits.NONE;
    }

    private Optional<Instant> moment(Value value) {
        try {
            return Optional.of(OffsetDateTime.parse(value.text()).toInstant());
        } catch (DateTimeException noSuchDay) {
            problems.add(value, "must be a moment that exists, such as 2027-01-01T00:00:00Z");
            return Optional.empty();
        }
    }

    /** A key that its rule's access would silently ignore promises more than it keeps. */
    private void checkKeys(Value section) {
        if (!section.at("access").readable()) {
            return;
        }
        var access = access(section);
        var open = access == Access.PUBLIC || access == Access.DENY;
        if (open && section.at("roles").given()) {
            problems.add(section.at("roles"), "counts only where access is one-factor or two-factor; leave it out");
        }
        if (open && section.at("enforcement").given()) {
            problems.add(
                    section.at("enforcement"), "counts only where access is one-factor or two-factor; leave it out");
        }
        if (access == Access.DENY && section.at("limits").given()) {
            problems.add(section.at("limits"), "counts only where requests pass; leave it out");
        }
        if (access == Access.ONE_FACTOR && section.at("enforcement").at("from").given()) {
            problems.add(section.at("enforcement").at("from"), "counts only where access is two-factor; leave it out");
        }
        if (access != Access.TWO_FACTOR && section.at("secondFactor").given()) {
            problems.add(section.at("secondFactor"), "counts only where access is two-factor; leave it out");
        }
        checkMethods(section.at("secondFactor").at("methods"));
        var identity = root.at("identity");
        if (!open && !identity.faulty() && identity.items().isEmpty()) {
            problems.add(section.at("access"), "needs an identity source; without one nobody can pass");
        }
    }

    private void checkMethods(Value methods) {
        var canBeSetUp = root.at("mfa").at("methods").texts();
        if (methods.readable()
                && methods.items().stream().allMatch(Value::readable)
                && methods.texts().stream().noneMatch(canBeSetUp::contains)) {
            problems.add(methods, "names no method that mfa.methods lets people set up; nobody can pass");
        }
    }

    /** The mistake that opens a gate: a wide rule before the strict one that was meant for a part of it. */
    private void checkReachable(List<Value> sections) {
        var readable = sections.stream()
                .filter(section ->
                        section.at("path").readable() && !section.at("methods").faulty())
                .toList();
        for (int later = 1; later < readable.size(); later++) {
            var section = readable.get(later);
            readable.subList(0, later).stream()
                    .filter(earlier -> takesAll(earlier, section))
                    .findFirst()
                    .ifPresent(earlier -> problems.add(
                            section.at("path"),
                            "never matches: the rule in line "
                                    + earlier.at("path").place().line()
                                    + " takes all of it; put this one before that, or remove it"));
        }
    }

    private static boolean takesAll(Value earlier, Value later) {
        var methods = earlier.at("methods").texts();
        var narrower = later.at("methods").texts();
        boolean allMethods = methods.isEmpty() || (!narrower.isEmpty() && methods.containsAll(narrower));
        return allMethods
                && PathCover.covers(
                        earlier.at("path").text().toLowerCase(Locale.ROOT),
                        later.at("path").text().toLowerCase(Locale.ROOT));
    }
}
