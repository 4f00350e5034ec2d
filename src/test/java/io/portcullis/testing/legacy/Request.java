package io.portcullis.testing.legacy;

import com.sun.net.httpserver.HttpExchange;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A request as a careless program reads it: letter case, doubled slashes, parameters and escapes in a path do not matter, and a
 * cookie stands in for a field of its name, in whatever letter case, escaped, or with brackets behind it.
 */
record Request(String method, String path, Map<String, List<String>> headers, String body) {
    static Request of(HttpExchange exchange) throws IOException {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(exchange.getRequestHeaders());
        return new Request(
                exchange.getRequestMethod(),
                routed(exchange.getRequestURI().toString()),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String routed(String target) {
        var path = URLDecoder.decode(target.split("\\?", 2)[0], StandardCharsets.UTF_8)
                .replaceAll(";[^/]*", "")
                .replaceAll("/(\\./)+", "/")
                .replaceAll("/+", "/")
                .toLowerCase(Locale.ROOT);
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    JsonObject json() {
        var fields = new JsonObject(body);
        for (var name : List.copyOf(fields.fieldNames())) {
            strayField(name).ifPresent(value -> fields.put(name, value));
        }
        return fields;
    }

    /** A field of a form; empty text where there is none. */
    String field(String name) {
        var stray = strayField(name);
        if (stray.isPresent()) {
            return stray.get();
        }
        for (var pair : body.split("&", -1)) {
            var parts = pair.split("=", 2);
            if (parts.length == 2 && parts[0].equals(name)) {
                return URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    Optional<String> bearer() {
        return header("Authorization")
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring(7));
    }

    Optional<String> cookie(String name) {
        return cookie(name::equals);
    }

    private Optional<String> strayField(String name) {
        return cookie(cookie -> URLDecoder.decode(cookie, StandardCharsets.UTF_8)
                .replace("[]", "")
                .equalsIgnoreCase(name));
    }

    private Optional<String> cookie(Predicate<String> named) {
        for (var line : Objects.requireNonNullElse(headers.get("Cookie"), List.<String>of())) {
            for (var pair : line.split(";", -1)) {
                var parts = pair.strip().split("=", 2);
                if (parts.length == 2 && named.test(parts[0])) {
                    return Optional.of(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
                }
            }
        }
        return Optional.empty();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(List::getFirst);
    }
}
