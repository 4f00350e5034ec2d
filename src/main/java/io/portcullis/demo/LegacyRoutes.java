package io.portcullis.demo;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What the backend answers: who is behind a path and a method. */
final class LegacyRoutes implements Handler<HttpServerRequest> {
    private final LegacyTokens tokens;
    private final OddRoutes odd;
    private final LegacyPages pages = new LegacyPages();

    LegacyRoutes(Vertx vertx, LegacyTokens tokens) {
        this.tokens = tokens;
        this.odd = new OddRoutes(vertx);
    }

    @Override
    public void handle(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        if (path.equals("/admin/inspect")) {
            BodyDigest.of(request).onSuccess(body -> answer(request, 200, Inspection.of(request, body)));
        } else if (LegacyPages.have(path)) {
            pages.answer(request, path);
        } else if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            get(request, path);
        } else if (request.method().equals(HttpMethod.POST)) {
            post(request, path);
        } else if (request.method().equals(HttpMethod.PUT) && path.equals("/admin/upload")) {
            upload(request);
        } else {
            notFound(request);
        }
    }

    private void get(HttpServerRequest request, String path) {
        switch (path) {
            case "/" -> page(request, "Legacy shop", """
                    <p>Open to everybody. <a href="/admin">Administration</a>,
                    <a href="/app/dashboard">Administration with pages</a></p>""");
            case "/admin" -> page(request, "Legacy administration", "<p>Turnover, users, and so on.</p>");
            case "/admin/metrics" -> metrics(request);
            case "/users/hello" -> answer(request, 200, JsonObject.of("hello", "everybody"));
            case "/admin/slow" -> odd.slow(request);
            case "/admin/stream" -> odd.stream(request);
            case "/admin/echo" -> odd.echo(request);
            case "/admin/die" -> odd.die(request);
            case "/admin/hang" -> odd.hang(request);
            default -> notFound(request);
        }
    }

    private void post(HttpServerRequest request, String path) {
        switch (path) {
            case "/admin/login" -> request.body().onSuccess(body -> login(request, body));
            case "/admin/logout" -> request.response().setStatusCode(204).end();
            case "/admin/upload" -> upload(request);
            default -> notFound(request);
        }
    }

    private void login(HttpServerRequest request, Buffer body) {
        JsonObject form;
        Duration ttl;
        try {
            form = new JsonObject(body);
            ttl = life(Objects.requireNonNullElse(form.getLong("ttl"), LegacyTokens.TTL.toSeconds()));
        } catch (DecodeException | ClassCastException notTheForm) {
            badLogin(request);
            return;
        }
        if (!(form.getValue("email") instanceof String email)
                || !(form.getValue("password") instanceof String password)) {
            badLogin(request);
            return;
        }
        LegacyAccounts.login(email, password)
                .ifPresentOrElse(
                        account -> {
                            request.response().putHeader("Set-Cookie", "legacy_seen=1; Path=/");
                            var token = tokens.issue(account, ttl);
                            answer(request, 200, JsonObject.of("token", token, "user", account.toJson()));
                        },
                        () -> error(request, 401, "wrong e-mail or password"));
    }

    private static void badLogin(HttpServerRequest request) {
        error(request, 400, "a JSON object with email and password is expected");
    }

    /** A client may ask for a token that lives up to a day, or, below zero, for one that is already dead. */
    private static Duration life(long seconds) {
        long most = Duration.ofDays(1).toSeconds();
        return Duration.ofSeconds(Math.clamp(seconds, -most, most));
    }

    private void metrics(HttpServerRequest request) {
        bearer(request)
                .flatMap(tokens::verify)
                .ifPresentOrElse(
                        claims -> answer(
                                request,
                                200,
                                JsonObject.of(
                                        "visitors",
                                        1234,
                                        "orders",
                                        56,
                                        "seen",
                                        JsonObject.of(
                                                "id", claims.getString("sub"),
                                                "email", claims.getString("email"),
                                                "role", claims.getString("role")))),
                        () -> error(request, 401, "a valid token is needed"));
    }

    private static Optional<String> bearer(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).trim());
    }

    private static void upload(HttpServerRequest request) {
        BodyDigest.of(request)
                .onSuccess(body -> answer(request, 200, JsonObject.of("bytes", body.bytes(), "sha256", body.sha256())));
    }

    private static void page(HttpServerRequest request, String title, String content) {
        request.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end("<!doctype html><html lang=\"en\"><title>" + title + "</title><h1>" + title + "</h1>" + content
                        + "</html>\n");
    }

    static void notFound(HttpServerRequest request) {
        error(request, 404, "there is no such page");
    }

    static void error(HttpServerRequest request, int status, String what) {
        answer(request, status, JsonObject.of("error", what));
    }

    static void answer(HttpServerRequest request, int status, JsonObject json) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(json.toBuffer());
    }
}
