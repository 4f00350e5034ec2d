package io.portcullis.api;

import io.portcullis.dialect.Route;
import io.portcullis.dialect.Template;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.http.CookieSettings;
import io.portcullis.http.Cors;
import io.portcullis.http.OwnHeaders;
import io.portcullis.http.RateLimitFields;
import io.portcullis.http.RequestOrigin;
import io.portcullis.http.Texts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Writes what came of an operation in the shape that the dialect gives it. On event loops. */
final class Answers {
    private static final Route.Answer AS_IT_IS =
            new Route.Answer(Optional.empty(), Optional.empty(), Map.of(), List.of());

    /** Besides {@code Cache-Control} and its like for some networks (RFC 9213). */
    private static final Set<String> CACHE_ORDERS = Set.of("expires", "pragma", "surrogate-control", "x-accel-expires");

    private final Cors cors;
    private final CookieSettings cookies;

    Answers(Cors cors, CookieSettings cookies) {
        this.cors = cors;
        this.cookies = cookies;
    }

    Future<Void> write(HttpServerRequest request, RequestOrigin origin, Route.Case one, Reply reply) {
        var answer = request.response();
        OwnHeaders.put(answer.headers(), origin);
        cors.permit(request, answer.headers());
        RateLimitFields.put(answer.headers(), reply.quotas());
        if (reply.content() instanceof Reply.Content.Released released) {
            released.answer()
                    .values("Set-Cookie")
                    .forEach(cookie -> answer.headers().add(HttpHeaders.SET_COOKIE, cookie));
        }
        // After the backend's: some clients forget that a cookie was taken away when another line follows.
        reply.setCookies().forEach(cookie -> answer.headers().add(HttpHeaders.SET_COOKIE, cookie));
        var language = Texts.language(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        return switch (reply.content()) {
            case Reply.Content.Redirect redirect ->
                answer.setStatusCode(redirect.status())
                        .putHeader(HttpHeaders.LOCATION, redirect.location())
                        .end();
            case Reply.Content.Values values -> shaped(answer, one, values.outcome(), values.values(), language);
            case Reply.Content.Released released ->
                one.answers().containsKey(released.outcome())
                        ? shaped(answer, one, released.outcome(), released.values(), language)
                        : asItCame(answer, released.answer());
        };
    }

    private Future<Void> shaped(
            HttpServerResponse answer, Route.Case one, String name, JsonObject values, Locale language) {
        var outcome = one.operation()
                .outcome(name)
                .orElseThrow(() -> new IllegalStateException(one.operation().name() + " never comes to " + name));
        var shape = one.answers().getOrDefault(name, AS_IT_IS);
        shape.headers()
                .forEach((header, template) -> template.text(values, language)
                        .ifPresent(value -> answer.headers().set(header, visible(value, " ;,\"\\"))));
        for (var cookie : shape.cookies()) {
            cookie.value()
                    .text(values, language)
                    .ifPresent(value -> answer.headers()
                            .add(
                                    HttpHeaders.SET_COOKIE,
                                    cookies.ofDialect(
                                            cookie.name(), visible(value, ""), cookie.maxAge(), cookie.httpOnly())));
        }
        if (speaks(shape)) {
            answer.headers().add(HttpHeaders.VARY, "Accept-Language");
        }
        var body = shape.body().isPresent()
                ? shape.body().get().render(values, language)
                : Optional.<Object>of(values).filter(all -> !values.isEmpty());
        int status = shape.status().orElse(body.isPresent() && outcome.status() == 204 ? 200 : outcome.status());
        return body.isPresent() && status != 204 && status != 205
                ? answer.setStatusCode(status)
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(json(body.get()))
                : answer.setStatusCode(status).end();
    }

    private static Buffer json(Object value) {
        return value == Template.Null.NULL ? Buffer.buffer("null") : Json.encodeToBuffer(value);
    }

    private static boolean speaks(Route.Answer shape) {
        return Stream.of(
                        shape.body().stream(),
                        shape.headers().values().stream(),
                        shape.cookies().stream().map(Route.AnswerCookie::value))
                .flatMap(templates -> templates)
                .anyMatch(Template::speaks);
    }

    /** Nothing that a value says may end a header or a cookie: what is no visible ASCII, nor {@code also} allowed, is percent-encoded. */
    private static String visible(String value, String also) {
        var visible = new StringBuilder(value.length());
        for (byte one : value.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = one > 0x20 && one < 0x7F && " ;,\"\\".indexOf(one) < 0;
            plain |= also.indexOf(one) >= 0;
            visible.append(plain ? String.valueOf((char) one) : String.format("%%%02X", one));
        }
        return visible.toString();
    }

    private static boolean isOurs(String name, boolean permitted) {
        return name.equals("set-cookie")
                || name.endsWith("cache-control")
                || CACHE_ORDERS.contains(name)
                || (permitted && name.startsWith("access-control-"));
    }

    /**
     * The legacy answer wins where it says something itself, but for caches, which must not keep a credential, and for an origin
     * that was permitted to read this answer; {@code Vary} is added up.
     */
    private static Future<Void> asItCame(HttpServerResponse answer, LegacyAnswer legacy) {
        boolean permitted = answer.headers().contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
        var released = legacy.headers().stream()
                .filter(header -> !isOurs(header.getKey().toLowerCase(Locale.ROOT), permitted))
                .toList();
        released.stream()
                .map(Map.Entry::getKey)
                .filter(name -> !name.equalsIgnoreCase("Vary"))
                .forEach(answer.headers()::remove);
        released.forEach(header -> answer.headers().add(header.getKey(), header.getValue()));
        return answer.setStatusCode(legacy.status()).end(Buffer.buffer(legacy.body()));
    }
}
