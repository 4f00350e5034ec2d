package io.portcullis.http;

import java.time.Duration;

/** The HttpOnly cookie that binds a login in progress to its browser, for frontends that send a code and nothing else. */
public final class LoginCookie {
    private final CookieSettings settings;

    public LoginCookie(CookieSettings settings) {
        this.settings = settings;
    }

    public String name() {
        return settings.loginName();
    }

    /** A {@code Set-Cookie} value (RFC 6265) that holds the temp token. */
    public String holding(String tempToken, Duration ttl) {
        return settings.setCookie(name(), tempToken, ttl.toSeconds());
    }

    /** A {@code Set-Cookie} value that takes it away. */
    public String cleared() {
        return settings.setCookie(name(), "", 0);
    }
}
