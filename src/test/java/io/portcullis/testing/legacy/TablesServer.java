package io.portcullis.testing.legacy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.Executors;

/**
 * A legacy backend that has its people in tables of its own and no login any more: it believes the gateway who somebody is, and
 * its own column {@code two_fa_enabled} whether the second factor is on.
 */
final class TablesServer {
    private final String jdbcUrl;

    private TablesServer(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    /** Listens on a free port, which it returns. */
    static int start(String jdbcUrl) throws IOException {
        var routes = new TablesServer(jdbcUrl);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/admin/metrics", routes::metrics);
        server.start();
        return server.getAddress().getPort();
    }

    private void metrics(HttpExchange exchange) throws IOException {
        try (exchange) {
            var subject = exchange.getRequestHeaders().getFirst("X-Auth-Subject");
            var reply = subject == null ? refused(401, "WHO_ARE_YOU") : admin(Long.parseLong(subject));
            var seen = exchange.getRequestHeaders();
            reply.body()
                    .put("sawCookie", seen.containsKey("Cookie"))
                    .put("sawAuthorization", seen.containsKey("Authorization"));
            var bytes = reply.body().encode().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (SQLException down) {
            throw new IOException(down);
        }
    }

    private record Answer(int status, JsonObject body) {}

    private static Answer refused(int status, String code) {
        return new Answer(status, JsonObject.of("error", JsonObject.of("code", code)));
    }

    private Answer admin(long id) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbcUrl);
                var statement = connection.prepareStatement("SELECT email, two_fa_enabled FROM admins WHERE id = ?")) {
            statement.setLong(1, id);
            var rows = statement.executeQuery();
            if (!rows.next()) {
                return refused(401, "WHO_ARE_YOU");
            }
            return rows.getBoolean("two_fa_enabled")
                    ? new Answer(200, JsonObject.of("email", rows.getString("email")))
                    : refused(403, "LEGACY_2FA_MANDATORY");
        }
    }
}
