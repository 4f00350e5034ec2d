package io.portcullis.adapter.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
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
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that the gateway makes to an OpenID provider: bounded in time and size, and never redirected, as a redirect would
 * carry a secret elsewhere. Blocking, on virtual threads.
 */
public final class ProviderHttp implements HTTPRequestSender, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderHttp.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5); // of a whole call, the body included
    private static final int LARGEST_ANSWER = 512 * 1024;

    private final HttpClient client;

    public ProviderHttp(Vertx vertx) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) TIMEOUT.toMillis()),
                new PoolOptions().setHttp1MaxSize(16).setMaxWaitQueueSize(128));
    }

    /** @throws Refused {@code UpstreamUnavailable} or {@code UpstreamTimeout} */
    @Override
    public HTTPResponse send(ReadOnlyHTTPRequest asked) {
        var url = url(asked);
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(asked.getMethod().name()))
                .setAbsoluteURI(url.toString())
                .putHeader("Accept", "application/json");
        asked.getHeaderMap().forEach((name, values) -> options.putHeader(name, List.<CharSequence>copyOf(values)));
        var sent = asked.getBody();
        var body = sent == null ? Buffer.buffer() : Buffer.buffer(sent);
        try {
            // The answer is read where it arrives: a step that this thread adds may come after its end.
            return client.request(options)
                    .compose(request -> request.send(body).compose(ProviderHttp::whole))
                    .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .await();
        } catch (Refused refused) {
            throw refused;
        } catch (Throwable failure) { // whatever a connection can fail with, unwrapped by await()
            LOG.warn("the OpenID provider at {} did not answer: {}", url.getHost(), failure.toString());
            throw new Refused(
                    failure instanceof TimeoutException
                            ? new Problem.UpstreamTimeout()
                            : new Problem.UpstreamUnavailable());
        }
    }

    private static URI url(ReadOnlyHTTPRequest asked) {
        try {
            var url = asked.getURL().toURI();
            if (ProviderUrl.isSafe(url)) {
                return url;
            }
            LOG.warn("the OpenID provider names an address at {} that is not https: not called", url.getHost());
        } catch (URISyntaxException e) {
            LOG.warn("the OpenID provider names an address that is no URI: not called");
        }
        throw new Refused(new Problem.UpstreamUnavailable());
    }

    private static Future<HTTPResponse> whole(HttpClientResponse response) {
        var promise = Promise.<HTTPResponse>promise();
        var body = Buffer.buffer();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > LARGEST_ANSWER) {
                LOG.warn("the OpenID provider answers more than {} bytes", LARGEST_ANSWER);
                promise.tryFail(new Refused(new Problem.UpstreamUnavailable()));
                response.request().reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.exceptionHandler(promise::tryFail);
        response.endHandler(end -> {
            var answer = new HTTPResponse(response.statusCode());
            for (var name : response.headers().names()) {
                answer.setHeader(name, response.headers().getAll(name).toArray(String[]::new));
            }
            answer.setBody(body.toString());
            promise.tryComplete(answer);
        });
        return promise.future();
    }

    /** Closes its connections, whatever goes on there. */
    @Override
    public void close() {
        client.close();
    }
}
