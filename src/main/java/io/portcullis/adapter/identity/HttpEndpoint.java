package io.portcullis.adapter.identity;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One URL that is asked by GET; redirects are not followed. Blocking, on virtual threads. */
final class HttpEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

    private final HttpClient client;
    private final URI url;
    private final Duration timeout;
    private final int largest;

    @SuppressWarnings("ArrayRecordComponent") // lives as long as its reading
    record Answer(int status, byte[] body) {}

    /**
     * Asks over at most {@code connections} at a time.
     *
     * @param ca certificates in PEM that are trusted in place of the system's
     * @param timeout for a whole answer
     * @param largest body, in bytes
     */
    HttpEndpoint(Vertx vertx, URI url, Optional<String> ca, Duration timeout, int largest, int connections) {
        var options = new HttpClientOptions().setConnectTimeout((int) timeout.toMillis());
        ca.ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(connections));
        this.url = url;
        this.timeout = timeout;
        this.largest = largest;
    }

    /**
     * What it answers.
     *
     * @throws Refused {@code UpstreamUnavailable} or {@code UpstreamTimeout}
     */
    Answer get(Map<String, String> headers) {
        try {
            // A connection that waited in the pool may be closed at the other end as it is taken: once more, then.
            return asked(headers)
                    .recover(failure ->
                            failure instanceof HttpClosedException ? asked(headers) : Future.failedFuture(failure))
                    .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .await();
        } catch (Throwable failure) { // whatever a connection can fail with, unwrapped by await()
            LOG.warn("GET {} at {} failed: {}", url.getRawPath(), url.getHost(), failure.toString());
            throw new Refused(
                    failure instanceof TimeoutException
                            ? new Problem.UpstreamTimeout()
                            : new Problem.UpstreamUnavailable());
        }
    }

    private Future<Answer> asked(Map<String, String> headers) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url.toString())
                .setTimeout(timeout.toMillis())
                .putHeader("Accept", "application/json")
                .putHeader("Accept-Encoding", "identity");
        headers.forEach(options::putHeader);
        // The answer is read where it arrives: a step that the asking thread adds may come after its end.
        return client.request(options)
                .compose(request -> request.send()
                        .compose(this::whole)
                        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .onFailure(unread -> request.reset()));
    }

    private Future<Answer> whole(HttpClientResponse response) {
        var promise = Promise.<Answer>promise();
        var body = Buffer.buffer();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > largest) {
                promise.tryFail("the answer is larger than " + largest + " bytes");
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.exceptionHandler(promise::tryFail);
        response.endHandler(end -> promise.tryComplete(new Answer(response.statusCode(), body.getBytes())));
        return promise.future();
    }

    /** Closes its connections, whatever goes on there. */
    @Override
    public void close() {
        client.close();
    }
}
