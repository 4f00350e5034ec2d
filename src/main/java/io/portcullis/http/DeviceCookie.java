package io.portcullis.http;

import io.portcullis.domain.device.DeviceToken;

/** The HttpOnly cookie by which a remembered device is known again. */
public final class DeviceCookie {
    private final CookieSettings settings;

    public DeviceCookie(CookieSettings settings) {
        this.settings = settings;
    }

    public String name() {
        return settings.deviceName();
    }

    /** A {@code Set-Cookie} value (RFC 6265) that holds the token. */
    public String holding(DeviceToken token) {
        return settings.setCookie(name(), token.value(), token.expiresIn().toSeconds());
    }

    /** A {@code Set-Cookie} value that takes it away. */
    public String cleared() {
        return settings.setCookie(name(), "", 0);
    }
}
