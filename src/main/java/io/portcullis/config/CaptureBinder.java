package io.portcullis.config;

import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.CaptureSettings;
import io.portcullis.domain.login.CaptureSettings.Route;
import io.portcullis.gate.RequestTarget;
import io.portcullis.gate.Rule;
import io.portcullis.gate.Rule.Access;
import io.portcullis.gate.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code identity}, type {@code capture}. */
final class CaptureBinder {
    private final Value root;
    private final Problems problems;
    private final List<Optional<Rule>> rules;

    CaptureBinder(Value root, Problems problems, List<Optional<Rule>> rules) {
        this.root = root;
        this.problems = problems;
        this.rules = rules;
    }

    CaptureSettings settings(Value section) {
        var login = section.at("login");
        var success = login.at("success");
        var logout = section.at("logout");
        needed(login.at("email"), login.at("form"));
        needed(success.at("token"), success.at("cookie"));
        var user = success.at("user");
        if (!user.given()
                && !success.at("cookie").given()
                && success.readable()
                && IdentityBinder.ofType(root, "jwt").isEmpty()) {
            problems.add(user, "is missing; needed where no jwt source reads the token");
        }
        var route = route(login);
        return new CaptureSettings(
                section.at("name").text(),
                IdentityBinder.realm(section),
                upstream(route, login.at("path")),
                route,
                login.at("email").text(),
                login.at("password").text(),
                success.at("status").number(),
                success.at("token").text(),
                user.optionalText(),
                logout.given() ? Optional.of(route(logout)) : Optional.empty());
    }

    private void needed(Value pointer, Value instead) {
        if (!pointer.given() && !instead.given()) {
            problems.add(pointer, "is missing; must be a JSON pointer into the body");
        }
    }

    private static Route route(Value section) {
        return new Route(section.at("method").text(), section.at("path").text());
    }

    /** The login goes where the rules lead it; the gateway must not ask for what this login is to give. */
    private String upstream(Route login, Value path) {
        if (rules.stream().anyMatch(Optional::isEmpty)) {
            throw new Value.Unreadable();
        }
        try {
            var all = new Rules(rules.stream().map(Optional::orElseThrow).toList());
            var rule = all.match(login.method(), RequestTarget.of(login.method(), login.path(), ""));
            if (rule.access() != Access.PUBLIC) {
                var access = rule.access().name().toLowerCase(Locale.ROOT).replace('_', '-');
                problems.add(
                        path,
                        "falls under a rule with access " + access
                                + ", so nobody could log in; put a public rule for it before that one");
            }
            return rule.upstream();
        } catch (Refused refused) {
            problems.add(path, "the rules answer it with " + refused.problem().code() + "; add a public rule for it");
            throw new Value.Unreadable();
        }
    }

    void checkRoutes() {
        var seen = new ArrayList<Route>();
        for (var source : IdentityBinder.ofType(root, "capture")) {
            var login = source.at("login");
            if (login.at("path").readable() && login.at("method").readable()) {
                var route = route(login);
                if (seen.contains(route)) {
                    problems.add(login.at("path"), "is the login of an earlier source too; remove one");
                }
                seen.add(route);
            }
        }
    }
}
