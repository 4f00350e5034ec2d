package io.portcullis.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/** The HttpOnly cookie that keeps the language a person chose on a page. */
public final class LanguageCookie {
    private static final long A_YEAR = 365L * 24 * 60 * 60;

    private final CookieSettings settings;

    public LanguageCookie(CookieSettings settings) {
        this.settings = settings;
    }

    /** What the person chose, else what the browser asks for. */
    public Locale language(HttpServerRequest request) {
        return CookieHeader.values(request.headers().getAll(HttpHeaders.COOKIE), settings.languageName()).stream()
                .findFirst()
                .flatMap(Texts::known)
                .orElseGet(() -> Texts.language(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
    }

    /** A {@code Set-Cookie} value (RFC 6265) that keeps it for a year. */
    public String holding(Locale language) {
        return settings.setCookie(settings.languageName(), language.getLanguage(), A_YEAR);
    }
}
