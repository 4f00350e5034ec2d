package io.portcullis.proxy;

import io.netty.channel.ConnectTimeoutException;
import io.portcullis.domain.error.Problem;
import io.portcullis.http.RequestOrigin;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeoutException;

/** The way to one legacy backend from one event loop: requests, their connections and this object stay on that loop. */
final class Upstream {
    /** In bytes. Measured: with the 8 KiB of Vert.x a megabyte costs twice the CPU time; small bodies cost the same. */
    private static final int CHUNK = 64 * 1024;

    /** In bytes; what backends send in Set-Cookie and Content-Security-Policy together goes beyond the 8 KiB of Vert.x. */
    private static final int ANSWER_HEAD = 64 * 1024;

    /** Below the 5 s after which Node closes, the shortest of the usual backends: a request on a connection that the other side closes is lost. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    private final UpstreamSettings settings;
    private final HttpClientAgent client;
    private final RequestOptions options;
    private final HttpConnectOptions connectOptions;
    private final String authority;

    Upstream(Vertx vertx, UpstreamSettings settings) {
        this.settings = settings;
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setConnectTimeout(
                                Math.toIntExact(settings.connectTimeout().toMillis()))
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setMaxChunkSize(CHUNK)
                        .setMaxHeaderSize(ANSWER_HEAD)
                        .setDecoderInitialBufferSize(1024)
                        .setDecompressionSupported(false),
                // As many may wait as are served: more of them would only wait until their time is out.
                new PoolOptions()
                        .setHttp1MaxSize(settings.maxConnections())
                        .setMaxWaitQueueSize(settings.maxConnections()));
        options = new RequestOptions().setHost(settings.host()).setPort(settings.port());
        connectOptions = new HttpConnectOptions().setHost(settings.host()).setPort(settings.port());
        var host = settings.host().indexOf(':') < 0 ? settings.host() : "[" + settings.host() + "]";
        authority = settings.port() == 80 ? host : host + ":" + settings.port();
    }

    UpstreamSettings settings() {
        return settings;
    }

    /** What it sees as {@code Host}. */
    String host(RequestOrigin origin) {
        return settings.keepHost() ? origin.host() : authority;
    }

    /** A request on a connection of the pool. */
    Future<HttpClientRequest> request() {
        return client.request(options);
    }

    /** A request on a connection of its own, which the caller closes. In the pool a refused upgrade, or an open one, would hold a place for good. */
    Future<HttpClientRequest> requestAlone() {
        return client.connect(connectOptions).compose(this::requestOn);
    }

    private Future<HttpClientRequest> requestOn(HttpClientConnection connection) {
        return connection.request(options).onFailure(failure -> connection.close());
    }

    /** What a failure to connect, or of a connection, is to the client. */
    static Problem problem(Throwable failure) {
        boolean late = failure instanceof ConnectTimeoutException || failure instanceof TimeoutException;
        return late ? new Problem.UpstreamTimeout() : new Problem.UpstreamUnavailable();
    }

    void close() {
        client.close();
    }
}
