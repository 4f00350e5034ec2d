package io.portcullis.observe;

import io.portcullis.domain.error.ErrorCode;
import io.portcullis.http.Passage;
import io.portcullis.http.RequestOrigin;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * One request that is over.
 *
 * @param cut whether its answer did not come to its end
 * @param nanos from its head to its end
 */
record AccessEntry(
        Instant time,
        RequestOrigin origin,
        String method,
        String target,
        int status,
        boolean cut,
        long bytesIn,
        long bytesOut,
        long nanos) {

    /** Taken at its end; on its event loop. */
    static AccessEntry of(HttpServerRequest request, RequestOrigin origin) {
        var response = request.response();
        int status = response.getStatusCode();
        var original = origin.passage().standsFor();
        return new AccessEntry(
                Instant.now(),
                origin,
                original.map(Passage.Original::method).orElse(request.method().name()),
                original.map(Passage.Original::target).orElse(request.uri()),
                response.headWritten() || status == 101 ? status : 0,
                !response.ended() && status != 101,
                request.bytesRead(),
                response.bytesWritten(),
                System.nanoTime() - origin.passage().begun());
    }

    /** One line, with no credential, cookie, query or e-mail in it. */
    String line() {
        var passage = origin.passage();
        var json = new JsonObject()
                .put("time", time.truncatedTo(ChronoUnit.MILLIS).toString())
                .put("requestId", origin.requestId())
                .put("client", origin.address())
                .put("method", method)
                .put("path", RequestPath.of(target))
                .put("rule", passage.rule())
                .put("decision", passage.decision().wire());
        passage.code().map(ErrorCode::wire).ifPresent(code -> json.put("code", code));
        if (status != 0) {
            json.put("status", status);
        }
        if (cut) {
            json.put("cut", true);
        }
        json.put("bytesIn", bytesIn).put("bytesOut", bytesOut).put("durationMs", millis(nanos));
        upstream(passage, json);
        passage.session()
                .ifPresent(session -> json.put("realm", session.account().realm())
                        .put("subject", session.account().subject())
                        .put("session", session.fingerprint().publicId()));
        passage.traceId().ifPresent(id -> json.put("traceId", id));
        return json.encode();
    }

    private static void upstream(Passage passage, JsonObject json) {
        if (!passage.upstream().isEmpty()) {
            json.put("upstream", passage.upstream());
        }
        if (passage.upstreamNanos() >= 0) {
            json.put("upstreamMs", millis(passage.upstreamNanos()));
        }
    }

    /** To the microsecond. */
    private static double millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.0;
    }
}
