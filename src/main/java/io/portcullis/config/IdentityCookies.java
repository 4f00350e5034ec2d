package io.portcullis.config;

import io.portcullis.yaml.Value;
import java.util.stream.Stream;

/** The names of the cookies that {@code identity} takes for credentials. */
final class IdentityCookies {
    private static final String COOKIE = "cookie:";

    private IdentityCookies() {}

    static Stream<String> of(Value root) {
        return root.at("identity").items().stream()
                .flatMap(source -> Stream.of(
                                Stream.of(source.at("cookie")),
                                source.at("from").items().stream(),
                                Stream.of("login", "refresh", "reset")
                                        .map(occasion -> source.at(occasion)
                                                .at("success")
                                                .at("cookie")))
                        .flatMap(names -> names))
                .flatMap(name -> name.optional().filter(Value::isText).map(Value::text).stream())
                .filter(name -> !name.equals("bearer"))
                .map(name -> name.startsWith(COOKIE) ? name.substring(COOKIE.length()) : name);
    }
}
