package io.portcullis.config;

import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.CaptureSettings.Field;
import io.portcullis.domain.capture.CaptureSettings.Fields;
import io.portcullis.domain.capture.CaptureSettings.HandOut;
import io.portcullis.domain.capture.CaptureSettings.Occasion;
import io.portcullis.domain.capture.CaptureSettings.Route;
import io.portcullis.domain.capture.CaptureSettings.Success;
import io.portcullis.domain.error.Refused;
import io.portcullis.gate.RequestTarget;
import io.portcullis.gate.Rule;
import io.portcullis.gate.Rule.Access;
import io.portcullis.gate.Rules;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
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
        var logout = section.at("logout");
        return new CaptureSettings(
                section.at("name").text(),
                IdentityBinder.realm(section),
                fields(login),
                handOut(section, login, Occasion.LOGIN),
                optional(section, "refresh", Occasion.REFRESH),
                optional(section, "reset", Occasion.RESET),
                logout.given() ? Optional.of(route(logout)) : Optional.empty());
    }

    private Fields fields(Value login) {
        var form = login.at("form");
        if (!form.given()) {
            needed(login.at("email"));
            return new Fields(
                    false,
                    login.at("email").optionalText().orElse(""),
                    login.at("password").text());
        }
        if (login.at("email").given()) {
            problems.add(login.at("email"), "is for JSON logins; leave it out beside form");
        }
        return new Fields(true, form.at("email").text(), form.at("password").text());
    }

    private Optional<HandOut> optional(Value section, String key, Occasion occasion) {
        var route = section.at(key);
        return route.given() ? Optional.of(handOut(section, route, occasion)) : Optional.empty();
    }

    private HandOut handOut(Value section, Value at, Occasion occasion) {
        var success = at.at("success");
        var token = success.at("token");
        var cookie = success.at("cookie");
        if (token.given() && cookie.given()) {
            problems.add(cookie, "is there beside token; name the one that requests bring later");
        } else if (!cookie.given()) {
            needed(token);
        }
        cookie.optionalText()
                .filter(new OwnCookies(root)::has)
                .ifPresent(own -> problems.add(cookie, "is a cookie of the gateway's own, which no backend sets"));
        var field = success.at("field");
        if (success.at("equals").given() && !field.given()) {
            problems.add(success.at("equals"), "is the value of field, which is missing");
        }
        var owners = new CaptureOwners(root, section, success);
        if (!success.at("user").given() && success.readable() && !owners.named(occasion)) {
            problems.add(success.at("user"), "is missing; needed where " + CaptureOwners.NONE);
        }
        if (token.given() == cookie.given()) {
            throw new Value.Unreadable();
        }
        var route = route(at);
        return new HandOut(
                occasion,
                upstream(route, at.at("path")),
                route,
                new Success(
                        status(success.at("status")),
                        token.optionalText(),
                        cookie.optionalText(),
                        success.at("user").optionalText(),
                        success.at("location").optionalText(),
                        field.optionalText()
                                .map(pointer ->
                                        new Field(pointer, success.at("equals").text()))));
    }

    private int status(Value status) {
        int number = status.number();
        if (number < 200 || number > 399) {
            problems.add(status, "is from 200 to 399");
            throw new Value.Unreadable();
        }
        return number;
    }

    private void needed(Value pointer) {
        if (!pointer.given()) {
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
            for (var key : List.of("login", "refresh", "reset")) {
                var at = source.at(key);
                if (at.given() && at.at("path").readable() && at.at("method").readable()) {
                    var route = route(at);
                    if (seen.contains(route)) {
                        problems.add(at.at("path"), "is the login of an earlier source too; remove one");
                    }
                    seen.add(route);
                }
            }
        }
    }
}
