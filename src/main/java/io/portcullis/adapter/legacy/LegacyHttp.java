package io.portcullis.adapter.legacy;

import io.portcullis.domain.capture.CaptureSettings.Route;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.LegacyAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls that the gateway makes to a legacy backend in its own name. Blocking, on virtual threads. */
public final class LegacyHttp {
    private static final Logger LOG = LoggerFactory.getLogger(LegacyHttp.class);
    private static final int LARGEST_ANSWER = 1024 * 1024;

    private final HttpClient client;
    private final Supplier<RequestOptions> next;
    private final Duration timeout;

    /**
     * Calls one backend.
     *
     * @param next where the next call goes, a new object each time
     * @param timeout for a whole call, the body included
     */
    public LegacyHttp(Vertx vertx, HttpClientOptions options, Supplier<RequestOptions> next, Duration timeout) {
        this.client = vertx.createHttpClient(
                options, new PoolOptions().setHttp1MaxSize(32).setMaxWaitQueueSize(256));
        this.next = next;
        this.timeout = timeout;
    }

    /**
     * Sends one request.
     *
     * @throws Refused {@code UpstreamUnavailable} or {@code UpstreamTimeout}
     */
    LegacyAnswer call(Route route, Map<String, String> headers, byte[] body) {
        var options = next.get().setMethod(HttpMethod.valueOf(route.method())).setURI(route.path());
        headers.forEach(options::putHeader);
        try {
            // The answer is read where it arrives: a step that this thread adds may come after its end.
            return client.request(options)
                    .compose(request -> request.send(Buffer.buffer(body)).compose(LegacyHttp::whole))
                    .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .await();
        } catch (Refused refused) {
            throw refused;
        } catch (Throwable failure) { // whatever a connection can fail with, unwrapped by await()
            LOG.warn(
                    "{} {} at {}:{} failed: {}",
                    route.method(),
                    route.path(),
                    options.getHost(),
                    options.getPort(),
                    failure.toString());
            throw new Refused(
                    failure instanceof TimeoutException
                            ? new Problem.UpstreamTimeout()
                            : new Problem.UpstreamUnavailable());
        }
    }

    /** Closes its connections, whatever goes on there. */
    public void close() {
        client.close();
    }

    private static Future<LegacyAnswer> whole(HttpClientResponse response) {
        var promise = Promise.<LegacyAnswer>promise();
        var body = Buffer.buffer();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > LARGEST_ANSWER) {
                promise.tryFail(new Refused(new Problem.UpstreamUnavailable()));
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.exceptionHandler(promise::tryFail);
        response.endHandler(end -> promise.tryComplete(
                new LegacyAnswer(response.statusCode(), response.headers().entries(), body.getBytes())));
        return promise.future();
    }
}
