package io.portcullis.config;

import io.portcullis.dialect.Dialect;
import io.portcullis.dialect.Dialects;
import io.portcullis.dialect.PathTemplate;
import io.portcullis.dialect.Route;
import io.portcullis.dialect.Source;
import io.portcullis.gate.ForwardAuth;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What dialects have in common with each other and with the rest of a config file, and must not. */
final class DialectCrossCheck {
    private final Value root;
    private final Problems problems;
    private final OwnCookies ownCookies;

    DialectCrossCheck(Value root, Problems problems) {
        this.root = root;
        this.problems = problems;
        this.ownCookies = new OwnCookies(root);
    }

    /** {@code named}: the dialects by the place where the file names each. */
    void check(Map<Value, Dialect> named) {
        var all = Dialects.with(List.copyOf(named.values()));
        named.forEach((item, dialect) -> {
            all.clashes().stream()
                    .filter(clash -> clash.dialect().equals(dialect))
                    .forEach(clash -> problems.add(item, clash.message()));
            dialect.routes().forEach(route -> cookies(item, dialect, route));
            dialect.routes().stream()
                    .filter(route -> ForwardAuth.serves(route.path()))
                    .forEach(route -> problems.add(
                            item,
                            Dialects.at(dialect, route)
                                    + " is the gateway's own for proxies that ask it; give it another path"));
        });
        for (var capture : IdentityBinder.ofType(root, "capture")) {
            for (var occasion : List.of("login", "refresh", "reset", "logout")) {
                hidden(capture.at(occasion).at("path"), occasion, all);
            }
        }
    }

    private void cookies(Value item, Dialect dialect, Route route) {
        Stream.concat(read(route), set(route))
                .distinct()
                .filter(this::isCredential)
                .forEach(name -> problems.add(
                        item,
                        Dialects.at(dialect, route) + " reads or sets the cookie " + name
                                + ", which is a credential by identity; that is the backend's alone, so name another"));
        read(route)
                .filter(ownCookies::has)
                .forEach(name -> problems.add(
                        item,
                        Dialects.at(dialect, route) + " reads the cookie " + name
                                + ", which is the gateway's own and is handed to nobody; name another"));
        set(route).forEach(name -> {
            if (ownCookies.has(name)) {
                problems.add(
                        item,
                        Dialects.at(dialect, route) + " sets the cookie " + name
                                + ", which is the gateway's own; name another");
            } else if (ownCookies.wouldDrop(name)) {
                problems.add(
                        item,
                        Dialects.at(dialect, route) + " sets the cookie " + name
                                + ", which browsers drop while session.cookie.secure is false");
            }
        });
    }

    private boolean isCredential(String name) {
        return IdentityCookies.of(root).anyMatch(name::equalsIgnoreCase);
    }

    private static Stream<String> read(Route route) {
        return route.cases().stream()
                .flatMap(Route.Case::sources)
                .filter(Source.Cookie.class::isInstance)
                .map(Source::field)
                .distinct();
    }

    private static Stream<String> set(Route route) {
        return route.cases().stream()
                .flatMap(one -> one.answers().values().stream())
                .flatMap(answer -> answer.cookies().stream())
                .map(Route.AnswerCookie::name)
                .distinct();
    }

    /** A path that is ours never reaches the backend, whatever the method. */
    private void hidden(Value path, String occasion, Dialects all) {
        path.optionalText()
                .ifPresent(
                        legacy -> all.all()
                                .forEach(
                                        dialect -> dialect.routes().stream()
                                                .filter(route -> isFor(route, legacy))
                                                .findFirst()
                                                .ifPresent(
                                                        route -> problems.add(
                                                                path,
                                                                "would be hidden by " + Dialects.at(dialect, route)
                                                                        + ": no legacy " + occasion
                                                                        + " would come to the backend; leave that dialect out, or give it another base"))));
    }

    /** The gate reads the path of a legacy login in any letter case. */
    private static boolean isFor(Route route, String legacyPath) {
        var path = legacyPath.toLowerCase(Locale.ROOT);
        return PathTemplate.isOne(route.path())
                ? PathTemplate.of(route.path().toLowerCase(Locale.ROOT))
                        .match(path)
                        .isPresent()
                : route.path().toLowerCase(Locale.ROOT).equals(path);
    }
}
