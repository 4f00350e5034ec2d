package io.portcullis.observe;

import io.portcullis.http.RequestOrigin;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Sees requests come in. On event loops. */
public interface Observer {
    /** Costs nothing. */
    Observer NONE = (request, origin) -> {};

    /** Before anything is decided. */
    void arrived(HttpServerRequest request, RequestOrigin origin);

    /** For the access log and spans, where they are asked for. */
    static Observer of(Optional<AccessLog> accessLog, Optional<Tracing> tracing) {
        return accessLog.isEmpty() && tracing.isEmpty()
                ? NONE
                : (request, origin) -> {
                    var ended = tracing.map(spans -> spans.begin(request, origin));
                    origin.passage().whenOver(() -> {
                        ended.ifPresent(Runnable::run);
                        accessLog.ifPresent(log -> log.note(request, origin));
                    });
                    // Called for a connection that is closed before the end, too.
                    request.response().endHandler(over -> origin.passage().over());
                };
    }
}
