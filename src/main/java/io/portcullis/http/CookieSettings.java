package io.portcullis.http;

import java.util.List;
import java.util.Optional;

/**
 * The gateway's own cookies.
 *
 * @param name of the session cookie; that of a login in progress is this with {@code -login} behind, that of a remembered
 *     device with {@code -device}, that of a login at an OpenID provider with {@code -oidc}, that of a chosen language with
 *     {@code -language}
 * @param sameSite {@code Strict}, {@code Lax} or {@code None}
 */
public record CookieSettings(String name, boolean secure, String sameSite) {
    public static final CookieSettings DEFAULTS = new CookieSettings(usualName(true), true, "Lax");

    public CookieSettings {
        if (!secure && (sameSite.equals("None") || name.startsWith("__Host-") || name.startsWith("__Secure-"))) {
            throw new IllegalArgumentException("session.cookie.secure must be true for sameSite None and for names"
                    + " that begin with __Host- or __Secure-: browsers drop the cookie");
        }
    }

    /** Of whoever names none: with {@code __Host-}, which keeps other hosts of the site from setting it, where browsers take that. */
    public static String usualName(boolean secure) {
        return secure ? "__Host-portcullis" : "portcullis";
    }

    /** A name without {@code __Host-} or {@code __Secure-} before it: people and programs take the one for the other. */
    public static String withoutPrefix(String name) {
        return name.replaceFirst("^(?i)__(Host|Secure)-", "");
    }

    /** All of them. */
    public List<String> names() {
        return List.of(name, loginName(), deviceName(), oidcName(), languageName());
    }

    /** Holds the {@code mfaTempToken} of a login in progress, for frontends that live on cookies. */
    public String loginName() {
        return name + "-login";
    }

    /** Holds the token of a remembered device. */
    public String deviceName() {
        return name + "-device";
    }

    /** Binds a login under way at an OpenID provider to its browser. */
    public String oidcName() {
        return name + "-oidc";
    }

    /** Keeps the language that a person chose on a page. */
    public String languageName() {
        return name + "-language";
    }

    /** A {@code Set-Cookie} value (RFC 6265) for one of them; what {@code __Host-} asks of a cookie all of them have. */
    String setCookie(String ofName, String value, long maxAgeSeconds) {
        return setCookie(ofName, value, maxAgeSeconds, sameSite);
    }

    /** The same, sent with whatever requests of other sites this says. */
    String setCookie(String ofName, String value, long maxAgeSeconds, String sentBy) {
        return ofName + "=" + value + "; Path=/; Max-Age=" + maxAgeSeconds + "; HttpOnly; SameSite=" + sentBy
                + (secure ? "; Secure" : "");
    }

    /**
     * A {@code Set-Cookie} value for a cookie of a dialect.
     *
     * @param maxAge in seconds; empty for a cookie that ends with the browser
     */
    public String ofDialect(String ofName, String value, Optional<Long> maxAge, boolean httpOnly) {
        return ofName + "=" + value + "; Path=/"
                + maxAge.map(seconds -> "; Max-Age=" + seconds).orElse("") + (httpOnly ? "; HttpOnly" : "")
                + "; SameSite=" + sameSite + (secure ? "; Secure" : "");
    }
}
