package io.portcullis.testing;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A server of somebody else on a free port of this machine, which answers as a test says and keeps what it was asked. */
public final class AnsweringServer implements AutoCloseable {
    private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
    private volatile Consumer<HttpServerRequest> answer =
            request -> request.response().setStatusCode(404).end();
    private final HttpServer server = Stores.vertx()
            .createHttpServer()
            .requestHandler(request -> {
                requests.add(request);
                answer.accept(request);
            })
            .listen(0, "127.0.0.1")
            .await();

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** From now on. */
    public void answers(int status, String body) {
        answers(request -> request.response().setStatusCode(status).end(body));
    }

    public void answers(Consumer<HttpServerRequest> how) {
        answer = how;
    }

    /** All so far, the oldest first. */
    public List<HttpServerRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        try {
            server.close().await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
