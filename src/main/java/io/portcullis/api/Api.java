package io.portcullis.api;

import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.domain.login.Recognize;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Client;
import io.portcullis.http.ControlPlane;
import io.portcullis.http.Cors;
import io.portcullis.http.CredentialReader;
import io.portcullis.http.DeviceCookie;
import io.portcullis.http.LoginCookie;
import io.portcullis.http.OidcCookie;
import io.portcullis.http.OwnHeaders;
import io.portcullis.http.RateLimitFields;
import io.portcullis.http.RequestOrigin;
import io.portcullis.http.SameSite;
import io.portcullis.http.Sender;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.stream.Collectors;

/** The gateway's own routes: from HTTP to an operation and back. There is no other way to one. */
public final class Api {
    private static final List<String> DIALECTS = List.of("/dialect-portcullis.yaml", "/dialect-well-known.yaml");

    private final Routes routes;
    private final Recognize recognize;
    private final CredentialReader credentials;
    private final LoginCookie loginCookie;
    private final DeviceCookie deviceCookie;
    private final OidcCookie oidcCookie;
    private final SameSite sameSite;
    private final Cors cors;
    private final ControlPlane controlPlane;

    public Api(
            List<Operations> groups,
            Recognize recognize,
            CredentialReader credentials,
            LoginCookie loginCookie,
            DeviceCookie deviceCookie,
            OidcCookie oidcCookie,
            Cors cors,
            SameSite sameSite,
            ControlPlane controlPlane) {
        var operations = groups.stream()
                .flatMap(group -> group.all().stream())
                .collect(Collectors.toUnmodifiableMap(Operation::name, operation -> operation));
        this.routes = new Routes(DIALECTS.stream()
                .flatMap(file -> Dialect.fromResource(file, operations).routes().stream())
                .toList());
        this.recognize = recognize;
        this.credentials = credentials;
        this.loginCookie = loginCookie;
        this.deviceCookie = deviceCookie;
        this.oidcCookie = oidcCookie;
        this.sameSite = sameSite;
        this.cors = cors;
        this.controlPlane = controlPlane;
    }

    /** Whether the path is one of our own, to the letter. */
    public boolean serves(String path) {
        return routes.serves(path);
    }

    /** Answers a paused request for a path that is {@linkplain #serves served}; on its event loop. The future fails with what is to be told as a problem. */
    public Future<Void> handle(HttpServerRequest request, RequestOrigin origin, String path) {
        try {
            var found = routes.find(request.method().name(), path);
            var route = found.route();
            if (!route.crossSite() || !SameSite.isLedHere(request)) {
                sameSite.check(request);
            }
            var carried = credentials.read(request);
            var loginToken = CredentialReader.one(request, loginCookie.name());
            var deviceToken = CredentialReader.one(request, deviceCookie.name());
            var oidcSecret = CredentialReader.one(request, oidcCookie.name());
            var from = Sender.of(request, origin);
            return RequestBody.read(request)
                    .compose(body -> {
                        var arguments = Arguments.of(route, found.pathValues(), UriText.query(request.query()), body);
                        var call = new Call(
                                arguments,
                                () -> judge(carried, from.client()),
                                carriedBy(carried),
                                loginToken,
                                deviceToken,
                                oidcSecret,
                                from);
                        return controlPlane.run(() -> route.operation().body().apply(call));
                    })
                    .compose(reply -> answer(request, origin, reply));
        } catch (Refused refused) {
            return Future.failedFuture(refused);
        }
    }

    private Call.Judged judge(List<Carried> carried, Client client) {
        var judged = recognize.recognize(carried, client);
        return new Call.Judged(judged.caller(), carried.get(judged.index()));
    }

    private static Call.CarriedBy carriedBy(List<Carried> carried) {
        if (carried.isEmpty()) {
            return Call.CarriedBy.NOTHING;
        }
        boolean bearer = carried.stream().anyMatch(one -> one.cookie().isEmpty());
        return bearer ? Call.CarriedBy.BEARER : Call.CarriedBy.COOKIE;
    }

    private Future<Void> answer(HttpServerRequest request, RequestOrigin origin, Reply reply) {
        var answer = request.response();
        OwnHeaders.put(answer.headers(), origin);
        cors.permit(request, answer.headers());
        reply.setCookies().forEach(cookie -> answer.headers().add(HttpHeaders.SET_COOKIE, cookie));
        RateLimitFields.put(answer.headers(), reply.quotas());
        return switch (reply.content()) {
            case Reply.Content.Nothing nothing -> answer.setStatusCode(204).end();
            case Reply.Content.Redirect redirect ->
                answer.setStatusCode(redirect.status())
                        .putHeader(HttpHeaders.LOCATION, redirect.location())
                        .end();
            case Reply.Content.Values values ->
                answer.setStatusCode(values.status())
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(values.values().toBuffer());
            case Reply.Content.Released released -> release(answer, released.answer());
        };
    }

    /** The legacy answer wins where it says something itself; cookies and {@code Vary} are added up. */
    private static Future<Void> release(HttpServerResponse answer, LegacyAnswer legacy) {
        for (var header : legacy.headers()) {
            var name = header.getKey();
            if (!name.equalsIgnoreCase("Set-Cookie") && !name.equalsIgnoreCase("Vary")) {
                answer.headers().remove(name);
            }
        }
        legacy.headers().forEach(header -> answer.headers().add(header.getKey(), header.getValue()));
        return answer.setStatusCode(legacy.status()).end(Buffer.buffer(legacy.body()));
    }
}
