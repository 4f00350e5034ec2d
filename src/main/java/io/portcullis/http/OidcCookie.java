package io.portcullis.http;

import java.time.Duration;

/**
 * The HttpOnly cookie that binds a login under way at an OpenID provider to the browser that began it. Always
 * {@code SameSite=Lax}: the provider leads the browser back from another site, with a GET.
 */
public final class OidcCookie {
    private static final String SENT_BY = "Lax";

    private final CookieSettings settings;

    public OidcCookie(CookieSettings settings) {
        this.settings = settings;
    }

    public String name() {
        return settings.oidcName();
    }

    /** A {@code Set-Cookie} value (RFC 6265) that holds the secret. */
    public String holding(String secret, Duration ttl) {
        return settings.setCookie(name(), secret, ttl.toSeconds(), SENT_BY);
    }

    /** A {@code Set-Cookie} value that takes it away. */
    public String cleared() {
        return settings.setCookie(name(), "", 0, SENT_BY);
    }
}
