package io.portcullis.http;

import java.time.Duration;

/** The HttpOnly cookie that holds a session token of the gateway's own. */
public final class SessionCookie {
    private final CookieSettings settings;

    public SessionCookie(CookieSettings settings) {
        this.settings = settings;
    }

    public String name() {
        return settings.name();
    }

    /** A {@code Set-Cookie} value (RFC 6265) that holds the token. */
    public String holding(String token, Duration ttl) {
        return settings.setCookie(name(), token, ttl.toSeconds());
    }

    /** A {@code Set-Cookie} value that takes it away. */
    public String cleared() {
        return settings.setCookie(name(), "", 0);
    }
}
