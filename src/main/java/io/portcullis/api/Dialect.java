package io.portcullis.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A dialect file: which route calls which operation, and where the request has its arguments. */
record Dialect(String name, List<Route> routes) {
    /**
     * One route.
     *
     * @param arguments JSON pointers (RFC 6901) into the body, by the operation's parameter names
     */
    record Route(String method, String path, Operation operation, Map<String, String> arguments) {}

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
        return new Route(text(entry, "method"), base + text(entry, "path"), operation, arguments);
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
