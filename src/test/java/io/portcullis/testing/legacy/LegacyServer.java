package io.portcullis.testing.legacy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * A legacy backend: {@code json} hands out a token in JSON, {@code form} an opaque session cookie for an HTML form, {@code cookie} a
 * token in a cookie. The routes are the same for all: login, refresh, reset and logout under {@code /app}, and {@code /me} and
 * {@code /admin/metrics}, which tell whom the credential of the request names. {@code /v2/login} is a login that no config names.
 *
 * <p>A further kind is a {@link Kind}, a line in the constructor, a file {@code testing/legacy-KIND.yaml}, and a test class that
 * extends {@code scenario.LegacyDoors}.
 */
final class LegacyServer {
    private final Users users = new Users();
    private final Kind kind;
    private volatile JsonObject sent = new JsonObject();

    private LegacyServer(String kind) {
        this.kind = switch (kind) {
            case "json" -> new JsonKind(users);
            case "form" -> new FormKind(users);
            case "cookie" -> new CookieKind(users);
            default -> throw new IllegalArgumentException("no kind is called " + kind);
        };
    }

    /** Listens on a free port, which it returns. */
    static int start(String kind) throws IOException {
        var routes = new LegacyServer(kind);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", routes::handle);
        server.start();
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = Request.of(exchange);
            var reply = reply(request);
            if (reply.handsOut()) {
                sent = reply.told().put("cookie", request.header("Cookie").orElse(""));
            }
            reply.headers().forEach(header -> exchange.getResponseHeaders().add(header.getKey(), header.getValue()));
            var body = reply.body();
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Reply reply(Request request) {
        boolean post = request.method().equals("POST");
        return switch (request.path()) {
            case "/app/login", "/v2/login" -> post ? kind.login(request) : Reply.page("E-mail? Password?");
            case "/app/refresh" -> kind.refresh(request);
            case "/app/reset" -> kind.reset(request);
            case "/app/logout" -> kind.logout(request);
            case "/me", "/admin/metrics" ->
                kind.who(request)
                        .map(user -> Reply.json(200, user.json()))
                        .orElseGet(() -> Reply.json(401, JsonObject.of("error", "who are you?")));
            case "/sent" -> Reply.json(200, sent);
            default -> Reply.json(404, JsonObject.of("error", "there is no such page"));
        };
    }
}
