package io.portcullis.config;

import io.portcullis.adapter.identity.JwtSettings;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.CaptureSettings;
import io.portcullis.domain.login.CaptureSettings.Route;
import io.portcullis.gate.RequestTarget;
import io.portcullis.gate.Rule;
import io.portcullis.gate.Rule.Access;
import io.portcullis.gate.Rules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code identity}. */
final class IdentityBinder {
    private static final int SHORTEST_SECRET = 32;

    private final Value root;
    private final Problems problems;
    private final List<Optional<Rule>> rules;

    IdentityBinder(Value root, Problems problems, List<Optional<Rule>> rules) {
        this.root = root;
        this.problems = problems;
        this.rules = rules;
    }

    List<JwtSettings> tokens() {
        checkNames();
        return sources("jwt").stream()
                .flatMap(section -> problems.settings(root, section, () -> token(section)).stream())
                .toList();
    }

    List<CaptureSettings> captures() {
        checkRoutes();
        return sources("capture").stream()
                .flatMap(section -> problems.settings(root, section, () -> capture(section)).stream())
                .toList();
    }

    private List<Value> sources(String type) {
        return root.at("identity").items().stream()
                .filter(source ->
                        source.at("type").optionalText().filter(type::equals).isPresent())
                .toList();
    }

    private void checkNames() {
        var names = new HashSet<String>();
        for (var source : root.at("identity").items()) {
            var name = source.at("name");
            if (name.readable() && !names.add(name.text())) {
                problems.add(name, "is the name of an earlier source too; give each its own");
            }
        }
    }

    private JwtSettings token(Value section) {
        var claims = section.at("claims");
        var key = key(section);
        return new JwtSettings(
                section.at("name").text(),
                realm(section),
                section.at("algorithm").text(),
                key.text(),
                section.at("issuer").optionalText(),
                section.at("audience").optionalText(),
                section.at("leeway").duration(),
                List.copyOf(section.at("from").texts()),
                new JwtSettings.Claims(
                        claims.at("subject").text(),
                        claims.at("email").optionalText(),
                        claims.at("role").optionalText()));
    }

    private static String realm(Value section) {
        return section.at("realm")
                .optionalText()
                .orElseGet(() -> section.at("name").text());
    }

    private Value key(Value section) {
        var algorithm = section.at("algorithm").text();
        var shared = algorithm.startsWith("HS");
        var used = section.at(shared ? "secret" : "key");
        var unused = section.at(shared ? "key" : "secret");
        if (unused.given()) {
            problems.add(unused, "is not used by " + algorithm + "; leave it out");
        }
        if (!used.given() && !section.at("jwks").given()) {
            problems.add(used, "is missing; " + algorithm + " needs it");
        }
        if (shared && used.readable() && used.text().getBytes(StandardCharsets.UTF_8).length < SHORTEST_SECRET) {
            problems.add(used, "is too short; " + algorithm + " needs at least " + SHORTEST_SECRET + " bytes");
        }
        return used;
    }

    private CaptureSettings capture(Value section) {
        var login = section.at("login");
        var success = login.at("success");
        var logout = section.at("logout");
        needed(login.at("email"), login.at("form"));
        needed(success.at("token"), success.at("cookie"));
        var user = success.at("user");
        if (!user.given()
                && !success.at("cookie").given()
                && success.readable()
                && sources("jwt").isEmpty()) {
            problems.add(user, "is missing; needed where no jwt source reads the token");
        }
        var route = route(login);
        return new CaptureSettings(
                section.at("name").text(),
                realm(section),
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

    private void checkRoutes() {
        var seen = new ArrayList<Route>();
        for (var source : sources("capture")) {
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
