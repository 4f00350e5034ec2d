package io.portcullis.api;

import io.portcullis.dialect.Dialect;
import io.portcullis.dialect.Dialects;
import io.portcullis.dialect.PathTemplate;
import io.portcullis.dialect.Route;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The routes of our own, found by path and method. A path is taken to the letter; one that is spelled out goes before a template. */
final class Routes {
    private final Map<String, Map<String, Mounted>> spelledOut = new HashMap<>(); // by path, then by HTTP method
    private final Map<PathTemplate, Map<String, Mounted>> templates = new LinkedHashMap<>();
    private final Set<String> prefixes = new HashSet<>(); // of the templates

    /** A route, and the dialect it is of. */
    record Mounted(Dialect dialect, Route route) {}

    /** @throws IllegalArgumentException when two routes are for the same requests */
    Routes(Dialects dialects) {
        for (var clash : dialects.clashes()) {
            throw new IllegalArgumentException(clash.message());
        }
        for (var dialect : dialects.all()) {
            for (var route : dialect.routes()) {
                methods(route.path()).put(route.method(), new Mounted(dialect, route));
            }
        }
        templates.keySet().forEach(template -> prefixes.add(template.prefix()));
    }

    private Map<String, Mounted> methods(String path) {
        return PathTemplate.isOne(path)
                ? templates.computeIfAbsent(PathTemplate.of(path), template -> new HashMap<>())
                : spelledOut.computeIfAbsent(path, same -> new HashMap<>());
    }

    /** A route and the values that its path has, undecoded. */
    record Found(Mounted mounted, Map<String, String> pathValues) {}

    /** Whether any route has this path. Asked for every request there is. */
    boolean serves(String path) {
        return spelledOut.containsKey(path) || template(path).isPresent();
    }

    /** All paths, with {@code *} where a template has a value. */
    Set<String> paths() {
        var paths = new HashSet<>(spelledOut.keySet());
        templates.keySet().forEach(template -> paths.add(template.pattern()));
        return paths;
    }

    /** The dialect of a request for a path that is {@linkplain #serves served}; of another method's where none has this one. */
    Optional<Dialect> dialect(String method, String path) {
        return Optional.ofNullable(spelledOut.get(path))
                .or(() -> template(path).map(templates::get))
                .flatMap(methods -> Optional.ofNullable(methods.get(method))
                        .or(() -> methods.values().stream().findFirst()))
                .map(Mounted::dialect);
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
        for (var prefix : prefixes) { // asked of every request there is: without a stream, and mostly without a match
            if (path.startsWith(prefix)) {
                return templates.keySet().stream()
                        .filter(template -> template.match(path).isPresent())
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    private static Mounted route(Map<String, Mounted> methods, String method) {
        return Optional.ofNullable(methods.get(method))
                .orElseThrow(() -> new Refused(new Problem.MethodNotAllowed(methods.keySet())));
    }
}
