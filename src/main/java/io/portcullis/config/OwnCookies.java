package io.portcullis.config;

import io.portcullis.http.CookieSettings;
import io.portcullis.yaml.Value;

/** The names of the gateway's own cookies, as the file says them. */
final class OwnCookies {
    private final Value cookie;

    OwnCookies(Value root) {
        this.cookie = root.at("session").at("cookie");
    }

    /** In any spelling: a browser keeps both, and people cannot tell them apart. */
    boolean has(String name) {
        if (cookie.at("name").faulty()) {
            return false; // that is told already
        }
        var own = cookie.at("name").optionalText().orElseGet(() -> CookieSettings.usualName(secure()));
        return new CookieSettings(own, true, "Lax")
                .names().stream()
                        .map(CookieSettings::withoutPrefix)
                        .anyMatch(CookieSettings.withoutPrefix(name)::equalsIgnoreCase);
    }

    /** Whether browsers drop a cookie of this name, because ours are not {@code Secure}. */
    boolean wouldDrop(String name) {
        return !secure() && (name.startsWith("__Host-") || name.startsWith("__Secure-"));
    }

    private boolean secure() {
        return cookie.at("secure").optional().map(Value::flag).orElse(true);
    }
}
