package io.portcullis.demo;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/** Routes that answer late, bit by bit, not to the end, or not at all: what a proxy in front must cope with. */
final class OddRoutes {
    /** How much {@code die} announces beyond what it sends. */
    private static final int NEVER_SENT = 1024;

    private final Vertx vertx;

    OddRoutes(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Answers after {@code ms} milliseconds. */
    void slow(HttpServerRequest request) {
        int delay = number(request, "ms", 1000);
        vertx.setTimer(Math.max(1, delay), id -> request.response().end("answered after " + delay + " ms\n"));
    }

    /** Sends {@code chunks} lines, one every {@code everyMs} milliseconds. */
    void stream(HttpServerRequest request) {
        int chunks = number(request, "chunks", 5);
        var response = request.response().setChunked(true).putHeader("Content-Type", "text/plain");
        if (chunks <= 0) {
            response.end();
            return;
        }
        var sent = new int[1];
        long timer = vertx.setPeriodic(1, Math.max(1, number(request, "everyMs", 100)), id -> {
            sent[0]++;
            response.write("line " + sent[0] + "\n");
            if (sent[0] == chunks) {
                vertx.cancelTimer(id);
                response.end();
            }
        });
        response.closeHandler(closed -> vertx.cancelTimer(timer));
    }

    /** A WebSocket that says everything back; with {@code ?inspect} it first tells the handshake it received. */
    void echo(HttpServerRequest request) {
        if (!request.canUpgradeToWebSocket()) {
            request.response()
                    .setStatusCode(426)
                    .putHeader("Upgrade", "websocket")
                    .end();
            return;
        }
        var handshake = Inspection.of(request).encode();
        boolean inspect = request.params().contains("inspect");
        request.toWebSocket().onSuccess(socket -> {
            socket.textMessageHandler(socket::writeTextMessage);
            socket.binaryMessageHandler(socket::writeBinaryMessage);
            if (inspect) {
                socket.writeTextMessage(handshake);
            }
        });
    }

    /** Sends {@code after} bytes of a longer announced answer, then cuts the connection. */
    void die(HttpServerRequest request) {
        int after = Math.max(0, number(request, "after", 100));
        var response = request.response().putHeader("Content-Length", Integer.toString(after + NEVER_SENT));
        var sent = after == 0 ? response.writeHead() : response.write(Buffer.buffer("x".repeat(after)));
        sent.onComplete(done -> request.connection().close());
    }

    /** Reads the request and never answers. */
    void hang(HttpServerRequest request) {
        request.resume();
    }

    /** A number of the query, or the default where there is none that can be read. */
    private static int number(HttpServerRequest request, String name, int byDefault) {
        var text = Objects.requireNonNullElse(request.getParam(name), "");
        return text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : byDefault;
    }
}
