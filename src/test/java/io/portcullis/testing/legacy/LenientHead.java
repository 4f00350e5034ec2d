package io.portcullis.testing.legacy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The head of a request as an old backend takes it: lines end as they like, names are what CGI makes of them, and headers may say another method,
 * another path and who is asking.
 */
public final class LenientHead {
    private static final List<String> PATH_NAMES = List.of(
            "x-original-url",
            "x-original-uri",
            "x-rewrite-url",
            "x-override-url",
            "x-forwarded-uri",
            "x-forwarded-path",
            "x-forwarded-prefix",
            "x-http-path-override",
            "x-envoy-original-path",
            "path-info",
            "script-name");
    private static final List<String> METHOD_NAMES =
            List.of("x-http-method-override", "x-http-method", "x-method-override", "x-forwarded-method");
    private static final List<String> BELIEVED = List.of(
            "x-auth",
            "x-remote-user",
            "remote-user",
            "x-forwarded",
            "forwarded",
            "x-real-ip",
            "true-client-ip",
            "x-client-ip",
            "client-ip",
            "via",
            "x-portcullis",
            "x-request-id",
            "x-host",
            "x-ssl-",
            "ssl-client-",
            "x-goog-authenticated-user",
            "x-ms-client-principal",
            "x-amzn-oidc-",
            "proxy-authorization");

    private record Field(String name, String value) {}

    private final String line;
    private final List<Field> fields = new ArrayList<>();

    /** Reads a head up to its empty line; a line that begins with a space goes on with the one before it. */
    LenientHead(String text) {
        var lines = text.replaceAll("(\r\n|\n|\r)[ \t]+(?=[^\\s:])", " ").split("\r\n|\n|\r", -1);
        line = lines[0];
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon >= 0) {
                fields.add(new Field(
                        folded(lines[i].substring(0, colon)),
                        lines[i].substring(colon + 1).strip()));
            }
        }
    }

    private static String folded(String name) {
        var folded = name.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
        return folded.startsWith("http-") ? folded(folded.substring("http-".length())) : folded;
    }

    /** All values under the names that fold to this one. */
    List<String> values(String folded) {
        return fields.stream()
                .filter(field -> field.name().equals(folded))
                .map(Field::value)
                .toList();
    }

    private String word(int index) {
        var words = line.split("[ \t]+", -1);
        return index < words.length ? words[index] : "";
    }

    /** As the request line has it. */
    public String target() {
        return word(1);
    }

    /** In upper case; the last header that says another one is obeyed. */
    public String method() {
        var method = word(0);
        for (var field : fields) {
            method = METHOD_NAMES.contains(field.name()) ? field.value() : method;
        }
        return method.toUpperCase(Locale.ROOT);
    }

    /** Where the request is routed, by its target or by a header that says another one. */
    public Set<String> routes() {
        var routes = new LinkedHashSet<>(LenientPath.routes(target()));
        for (var field : fields) {
            if (PATH_NAMES.contains(field.name())) {
                routes.addAll(LenientPath.routes(field.value()));
                routes.addAll(LenientPath.routes(field.value() + target()));
            }
        }
        return routes;
    }

    /** What it believes of who is asking and from where: each as {@code name: value}, the name folded. */
    public List<String> believed() {
        return fields.stream()
                .filter(field -> BELIEVED.stream().anyMatch(field.name()::startsWith)
                        || PATH_NAMES.contains(field.name())
                        || METHOD_NAMES.contains(field.name()))
                .map(field -> field.name() + ": " + field.value())
                .toList();
    }

    /** Credentials and cookies, which it judges itself. */
    public List<String> credentials() {
        return fields.stream()
                .filter(field ->
                        field.name().equals("authorization") || field.name().equals("cookie"))
                .map(Field::value)
                .toList();
    }

    /** Whether it asks for another protocol on this connection. */
    public boolean upgrades() {
        return !values("upgrade").isEmpty() || !values("http2-settings").isEmpty();
    }

    @Override
    public String toString() {
        return line + " " + fields;
    }
}
