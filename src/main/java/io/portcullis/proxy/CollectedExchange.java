package io.portcullis.proxy;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.http.Passage;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request to a backend whose answer is held back whole, because it may hand out a credential. On one event loop. */
final class CollectedExchange {
    /** In bytes. A login that answers more is no login that we know. */
    private static final int LARGEST_ANSWER = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(CollectedExchange.class);
    private static final CharSequence IDENTITY = HttpHeaders.createOptimized("identity");

    private final Parts parts;
    private final Upstream upstream;
    private final Forwarding forwarding;
    private final UpstreamMetrics.Meters meters;
    private final Passage passage;

    CollectedExchange(Parts parts, Upstream upstream, Forwarding forwarding) {
        this.parts = parts;
        this.upstream = upstream;
        this.forwarding = forwarding;
        meters = parts.metrics().of(forwarding.upstream());
        passage = forwarding.origin().passage();
    }

    /** Fails with {@code UpstreamUnavailable} or {@code UpstreamTimeout}. */
    Future<LegacyAnswer> send(HttpServerRequest request, String target, Buffer body) {
        meters.begins(passage);
        return connect(upstream.next(), 0)
                .compose(way -> exchange(way, request, target, body))
                .onComplete(over -> meters.ends())
                .recover(failure -> {
                    var refused = refused(failure);
                    meters.failed(passage, refused.problem());
                    return Future.failedFuture(refused);
                });
    }

    private record Way(UpstreamTarget to, HttpClientRequest out) {}

    /** What is not sent yet may go to another target; a login that was sent is never repeated. */
    private Future<Way> connect(UpstreamTarget to, int attempt) {
        return to.request()
                .map(out -> new Way(to, out))
                .recover(failure -> upstream.afterNothingSent(to, attempt, failure)
                        .map(other -> connect(other, attempt + 1))
                        .orElseGet(() -> Future.failedFuture(failure)));
    }

    private Future<LegacyAnswer> exchange(Way way, HttpServerRequest request, String target, Buffer body) {
        var out = way.out();
        out.setMethod(request.method()).setURI(target);
        parts.requestHeaders().copy(request.headers(), forwarding, way.to().host(forwarding.origin()), out.headers());
        meters.sends(passage, out.headers());
        out.headers().set(HttpHeaders.ACCEPT_ENCODING, IDENTITY); // what is compressed cannot be looked into
        out.headers().remove(HttpHeaders.EXPECT); // the body is here already
        return out.send(body)
                .compose(in -> {
                    way.to().health().answered();
                    return whole(in);
                })
                .timeout(milliseconds(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> {
                    if (failure instanceof TimeoutException || UpstreamFailure.isClosed(failure)) {
                        way.to().health().failed(System.nanoTime());
                    }
                    out.connection().close();
                });
    }

    private long milliseconds() {
        var timeout = upstream.settings().timeout();
        var time = forwarding.limits().time().orElse(timeout);
        return Math.max(1, (time.compareTo(timeout) < 0 ? time : timeout).toMillis());
    }

    private Future<LegacyAnswer> whole(HttpClientResponse in) {
        meters.answered(passage, in.statusCode());
        if (in.statusCode() < 200) { // nobody asked for another protocol
            return Future.failedFuture(new Refused(new Problem.UpstreamUnavailable()));
        }
        var promise = Promise.<LegacyAnswer>promise();
        var body = Buffer.buffer();
        in.handler(chunk -> {
            if (body.length() + chunk.length() > LARGEST_ANSWER) {
                promise.tryFail(new Refused(new Problem.UpstreamUnavailable()));
            } else {
                body.appendBuffer(chunk);
            }
        });
        in.exceptionHandler(promise::tryFail);
        in.endHandler(end -> promise.tryComplete(new LegacyAnswer(in.statusCode(), headers(in), body.getBytes())));
        return promise.future();
    }

    /** As a streamed answer would carry them, without the request id: the answer may be given to a later request. */
    private List<Map.Entry<String, String>> headers(HttpClientResponse in) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        parts.answerHeaders().copy(in.headers(), forwarding, headers);
        headers.remove("X-Request-Id");
        return headers.entries();
    }

    private Refused refused(Throwable failure) {
        LOG.warn(
                "upstream {} failed, request {}: {}",
                forwarding.upstream(),
                forwarding.origin().requestId(),
                UpstreamFailure.told(forwarding.upstream(), failure));
        if (failure instanceof Refused already) {
            return already;
        }
        return new Refused(
                failure instanceof TimeoutException
                        ? new Problem.UpstreamTimeout()
                        : new Problem.UpstreamUnavailable());
    }
}
