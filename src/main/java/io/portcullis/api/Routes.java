package io.portcullis.api;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes of our own, found by path and method. A path is taken to the letter; one that is spelled out goes before a template. */
final class Routes {
    private final Map<String, Map<String, Dialect.Route>> spelledOut = new HashMap<>(); // by path, then by HTTP method
    private final Map<PathTemplate, Map<String, Dialect.Route>> templates = new LinkedHashMap<>();

    /** @throws IllegalArgumentException when two routes are for the same requests */
    Routes(List<Dialect.Route> routes) {
        for (var route : routes) {
            var before = methods(route.path()).put(route.method(), route);
            if (before != null) {
                throw new IllegalArgumentException(route.method() + " " + route.path() + " is there twice");
            }
        }
        var all = new ArrayList<>(templates.keySet());
        for (int i = 0; i < all.size(); i++) {
            for (var other : all.subList(i + 1, all.size())) {
                if (all.get(i).overlaps(other)) {
                    throw new IllegalArgumentException(all.get(i) + " and " + other + " share a path");
                }
            }
        }
    }

    private Map<String, Dialect.Route> methods(String path) {
        return PathTemplate.isOne(path)
                ? templates.computeIfAbsent(PathTemplate.of(path), template -> new HashMap<>())
                : spelledOut.computeIfAbsent(path, same -> new HashMap<>());
    }

    /** A route and the values that its path has, undecoded. */
    record Found(Dialect.Route route, Map<String, String> pathValues) {}

    /** Whether any route has this path. Asked for every request there is. */
    boolean serves(String path) {
        return spelledOut.containsKey(path) || template(path).isPresent();
    }

    /** @throws Refused {@code MethodNotAllowed} when no route of the path has the method */
    Found find(String method, String path) {
        var exact = spelledOut.get(path);
        if (exact != null) {
            return new Found(route(exact, method), Map.of());
        }
        var template = template(path).orElseThrow(() -> new Refused(new Problem.NoRoute()));
        return new Found(
                route(templates.getOrDefault(template, Map.of()), method),
                template.match(path).orElseThrow());
    }

    private Optional<PathTemplate> template(String path) {
        if (!path.startsWith(Dialect.TEMPLATES_UNDER)) {
            return Optional.empty();
        }
        return templates.keySet().stream()
                .filter(template -> template.match(path).isPresent())
                .findFirst();
    }

    private static Dialect.Route route(Map<String, Dialect.Route> methods, String method) {
        return Optional.ofNullable(methods.get(method))
                .orElseThrow(() -> new Refused(new Problem.MethodNotAllowed(methods.keySet())));
    }
}
