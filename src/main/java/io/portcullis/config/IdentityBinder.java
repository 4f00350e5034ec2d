package io.portcullis.config;

import io.portcullis.adapter.identity.JwtSettings;
import io.portcullis.domain.session.SourceSettings;
import io.portcullis.gate.Rule;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code identity}: what its entries have in common; each type has a binder of its own. */
final class IdentityBinder {
    private final Value root;
    private final Problems problems;
    private final CaptureBinder captures;
    private final OidcBinder oidc;
    private final Map<String, Function<Value, SourceSettings>> types;

    IdentityBinder(Value root, Problems problems, List<Optional<Rule>> rules) {
        this.root = root;
        this.problems = problems;
        this.captures = new CaptureBinder(root, problems, rules);
        this.oidc = new OidcBinder(root, problems);
        this.types = Map.of(
                "jwt",
                new JwtBinder(problems)::settings,
                "introspection",
                new IntrospectionBinder(problems)::settings,
                "capture",
                captures::settings,
                "accounts",
                AccountsBinder::settings,
                "directory",
                DirectoryBinder::settings,
                "oidc",
                oidc::settings);
    }

    /** Those that are right, in the order of the file. */
    List<SourceSettings> sources() {
        checkNames();
        captures.checkRoutes();
        oidc.checkSources();
        var sources = root.at("identity").items().stream()
                .flatMap(section -> source(section).stream())
                .toList();
        checkTwins(sources);
        return sources;
    }

    /** The first of two sources that accept the same tokens takes them all, so that people of two realms become one. */
    private void checkTwins(List<SourceSettings> sources) {
        var seen = new ArrayList<JwtSettings>();
        for (var source : sources) {
            if (source instanceof JwtSettings jwt) {
                seen.stream()
                        .filter(jwt::acceptsTokensOf)
                        .filter(earlier -> !earlier.realm().equals(jwt.realm()))
                        .findFirst()
                        .ifPresent(earlier -> problems.add(
                                named(jwt.name()),
                                "accepts the tokens of " + earlier.name()
                                        + ", whose realm is another; give each its own key, issuer or audience"));
                seen.add(jwt);
            }
        }
    }

    private Value named(String name) {
        return root.at("identity").items().stream()
                .map(source -> source.at("name"))
                .filter(value -> value.optionalText().filter(name::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private Optional<SourceSettings> source(Value section) {
        return section.at("type")
                .optionalText()
                .flatMap(type -> Optional.ofNullable(types.get(type)))
                .flatMap(type -> problems.settings(root, section, () -> type.apply(section)));
    }

    static List<Value> ofType(Value root, String type) {
        return root.at("identity").items().stream()
                .filter(source ->
                        source.at("type").optionalText().filter(type::equals).isPresent())
                .toList();
    }

    static String realm(Value section) {
        return section.at("realm")
                .optionalText()
                .orElseGet(() -> section.at("name").text());
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
}
