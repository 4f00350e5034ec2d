package io.portcullis.config;

import io.portcullis.yaml.Value;
import java.util.stream.Stream;

/** The names of the gateway's own cookies, as the file says them. */
final class OwnCookies {
    private final Value cookie;

    OwnCookies(Value root) {
        this.cookie = root.at("session").at("cookie");
    }

    /** In any spelling: a browser keeps both, and people cannot tell them apart. */
    boolean has(String name) {
        return cookie.at("name").optionalText().stream()
                .flatMap(own -> Stream.of(own, own + "-login", own + "-device", own + "-oidc", own + "-language"))
                .anyMatch(name::equalsIgnoreCase);
    }

    /** Whether browsers drop a cookie of this name, because ours are not {@code Secure}. */
    boolean wouldDrop(String name) {
        boolean secure = cookie.at("secure").optional().map(Value::flag).orElse(true);
        return !secure && (name.startsWith("__Host-") || name.startsWith("__Secure-"));
    }
}
