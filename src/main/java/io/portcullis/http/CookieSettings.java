package io.portcullis.http;

/**
 * The gateway's own cookies.
 *
 * @param name of the session cookie; that of a login in progress is this with {@code -login} behind, that of a remembered
 *     device with {@code -device}
 * @param sameSite {@code Strict}, {@code Lax} or {@code None}
 */
public record CookieSettings(String name, boolean secure, String sameSite) {
    public static final CookieSettings DEFAULTS = new CookieSettings("portcullis", true, "Lax");

    public CookieSettings {
        if (!secure && (sameSite.equals("None") || name.startsWith("__Host-") || name.startsWith("__Secure-"))) {
            throw new IllegalArgumentException("session.cookie.secure must be true for sameSite None and for names"
                    + " that begin with __Host- or __Secure-: browsers drop the cookie");
        }
    }

    /** Holds the {@code mfaTempToken} of a login in progress, for frontends that live on cookies. */
    public String loginName() {
        return name + "-login";
    }

    /** Holds the token of a remembered device. */
    public String deviceName() {
        return name + "-device";
    }

    /** A {@code Set-Cookie} value (RFC 6265) for one of them; what {@code __Host-} asks of a cookie all of them have. */
    String setCookie(String ofName, String value, long maxAgeSeconds) {
        return ofName + "=" + value + "; Path=/; Max-Age=" + maxAgeSeconds + "; HttpOnly; SameSite=" + sameSite
                + (secure ? "; Secure" : "");
    }
}
