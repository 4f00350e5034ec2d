package io.portcullis.demo;

import io.vertx.core.MultiMap;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The part of the backend that is made of pages: an HTML form to log in by, and a session cookie. */
final class LegacyPages {
    private static final String SESSION = "LEGACYSESS";
    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Lax";

    private static final String LOGIN = "/app/login";
    private static final String DASHBOARD = "/app/dashboard";

    private final LegacySessions sessions = new LegacySessions();

    /** Whether a path is of the pages. */
    static boolean have(String path) {
        return path.equals("/app") || path.startsWith("/app/");
    }

    /** Answers a request for a path of the pages. */
    void answer(HttpServerRequest request, String path) {
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            get(request, path);
        } else if (request.method().equals(HttpMethod.POST)) {
            post(request, path);
        } else {
            LegacyRoutes.notFound(request);
        }
    }

    private void get(HttpServerRequest request, String path) {
        switch (path) {
            case "/app" -> redirect(request, DASHBOARD);
            case LOGIN -> send(request, LegacyHtml.login(request.params().contains("error")));
            case DASHBOARD -> forOwner(request, owner -> send(request, LegacyHtml.dashboard(owner)));
            case "/app/users" -> forOwner(request, owner -> send(request, LegacyHtml.users(owner)));
            case "/app/me" ->
                owner(request)
                        .ifPresentOrElse(
                                owner -> LegacyRoutes.answer(request, 200, owner.toJson()),
                                () -> LegacyRoutes.error(request, 401, "nobody is logged in"));
            default -> LegacyRoutes.notFound(request);
        }
    }

    private void post(HttpServerRequest request, String path) {
        switch (path) {
            case LOGIN -> {
                request.setExpectMultipart(true);
                request.end()
                        .onSuccess(read -> login(request, request.formAttributes()))
                        .onFailure(unreadable -> LegacyRoutes.error(request, 400, "a form is expected"));
            }
            case "/app/logout" -> logout(request);
            default -> LegacyRoutes.notFound(request);
        }
    }

    /** A cookie that the browser brought is not looked at: somebody else may have put it there. */
    private void login(HttpServerRequest request, MultiMap form) {
        var email = Objects.requireNonNullElse(form.get("email"), "");
        var password = Objects.requireNonNullElse(form.get("password"), "");
        var account = LegacyAccounts.login(email, password);
        account.ifPresent(
                known -> request.response().putHeader("Set-Cookie", SESSION + "=" + sessions.open(known) + ATTRIBUTES));
        redirect(request, account.isPresent() ? DASHBOARD : LOGIN + "?error");
    }

    private void logout(HttpServerRequest request) {
        cookie(request).ifPresent(sessions::forget);
        request.response().putHeader("Set-Cookie", SESSION + "=; Max-Age=0" + ATTRIBUTES);
        redirect(request, LOGIN);
    }

    private void forOwner(HttpServerRequest request, Consumer<LegacyAccount> page) {
        owner(request).ifPresentOrElse(page, () -> redirect(request, LOGIN));
    }

    private Optional<LegacyAccount> owner(HttpServerRequest request) {
        return cookie(request).flatMap(sessions::owner);
    }

    private static Optional<String> cookie(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(SESSION)).map(Cookie::getValue);
    }

    private static void redirect(HttpServerRequest request, String location) {
        request.response().setStatusCode(302).putHeader("Location", location).end();
    }

    private static void send(HttpServerRequest request, String page) {
        request.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(page);
    }
}
