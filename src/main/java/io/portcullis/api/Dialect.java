package io.portcullis.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A dialect file: which route calls which operation, and where the request has its arguments. */
record Dialect(String name, List<Route> routes) {
    /** What an argument begins with that is in the path, before its name there: {@code path:id}. */
    static final String PATH = "path:";

    /** What an argument begins with that is in the query: {@code query:limit}. */
    static final String QUERY = "query:";

    /** Templates match paths that nobody spelled out, so they stay where no backend has its own. */
    static final String TEMPLATES_UNDER = "/auth/";

    /**
     * One route.
     *
     * @param path may be a {@link PathTemplate}
     * @param arguments where a request has them, by the operation's parameter names: a JSON pointer (RFC 6901) into the body, or
     *     a name after {@link #PATH} or {@link #QUERY}
     * @param crossSite whether a page of another site may lead a browser here; only a GET can
     */
    record Route(String method, String path, Operation operation, Map<String, String> arguments, boolean crossSite) {}

    /** @throws IllegalArgumentException when the file names an operation or an argument that does not exist */
    static Dialect fromResource(String resource, Map<String, Operation> operations) {
        try (var stream = Dialect.class.getResourceAsStream(resource)) {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            Map<String, Object> file = new Yaml(new SafeConstructor(options)).load(stream);
            var routes = new ArrayList<Route>();
            for (var entry : list(file, "routes")) {
                routes.add(route(text(file, "base"), entry, operations));
            }
            return new Dialect(text(file, "name"), List.copyOf(routes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Route route(String base, Map<?, ?> entry, Map<String, Operation> operations) {
        var name = text(entry, "operation");
        var operation = Optional.ofNullable(operations.get(name))
                .orElseThrow(() -> new IllegalArgumentException("there is no operation " + name));
        var arguments = arguments(entry);
        var known = operation.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        for (var argument : arguments.keySet()) {
            if (!known.contains(argument)) {
                throw new IllegalArgumentException("operation " + name + " has no argument " + argument);
            }
        }
        var path = base + text(entry, "path");
        checkSources(path, arguments);
        var method = text(entry, "method");
        boolean crossSite = Boolean.TRUE.equals(entry.get("crossSite"));
        if (crossSite && !method.equals("GET")) {
            throw new IllegalArgumentException(path + " is crossSite, which a " + method + " cannot be");
        }
        return new Route(method, path, operation, arguments, crossSite);
    }

    private static void checkSources(String path, Map<String, String> arguments) {
        for (var source : arguments.values()) {
            if (!source.startsWith("/") && !source.startsWith(PATH) && !source.startsWith(QUERY)) {
                throw new IllegalArgumentException("an argument of " + path + " is nowhere: " + source);
            }
        }
        boolean template = PathTemplate.isOne(path);
        if (template && !path.startsWith(TEMPLATES_UNDER)) {
            throw new IllegalArgumentException(
                    path + " has a place for any value, which is for paths under " + TEMPLATES_UNDER + " alone");
        }
        var places = template ? Set.copyOf(PathTemplate.of(path).names()) : Set.<String>of();
        var used = arguments.values().stream()
                .filter(source -> source.startsWith(PATH))
                .map(Dialect::field)
                .collect(Collectors.toSet());
        if (!used.equals(places)) {
            throw new IllegalArgumentException(path + " has places " + places + " and arguments for " + used);
        }
    }

    /** The name under which the client knows an argument. */
    static String field(String source) {
        return source.substring(source.startsWith("/") ? 1 : source.indexOf(':') + 1);
    }

    private static Map<String, String> arguments(Map<?, ?> entry) {
        if (!(entry.get("arguments") instanceof Map<?, ?> map)) {
            return Map.of();
        }
        return map.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        argument -> String.valueOf(argument.getKey()),
                        argument -> String.valueOf(argument.getValue())));
    }

    private static List<Map<?, ?>> list(Map<?, ?> map, String key) {
        if (!(map.get(key) instanceof List<?> list)) {
            throw new IllegalArgumentException("a dialect has " + key);
        }
        return list.stream().<Map<?, ?>>map(item -> (Map<?, ?>) item).toList();
    }

    private static String text(Map<?, ?> map, String key) {
        if (!(map.get(key) instanceof String text)) {
            throw new IllegalArgumentException("a dialect has " + key + " there: " + map);
        }
        return text;
    }
}
