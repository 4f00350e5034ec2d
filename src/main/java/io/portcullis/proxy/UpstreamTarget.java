package io.portcullis.proxy;

import io.portcullis.http.RequestOrigin;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.RequestOptions;

/** One place where an upstream listens, as one event loop reaches it. */
final class UpstreamTarget {
    private final HttpClientAgent client;
    private final RequestOptions options;
    private final HttpConnectOptions connectOptions;
    private final boolean keepHost;
    private final String authority;
    private final int index;
    private final TargetHealth health;

    /** @param index of it in the settings */
    UpstreamTarget(HttpClientAgent client, UpstreamState upstream, int index) {
        this.client = client;
        var settings = upstream.settings();
        var target = settings.targets().get(index);
        options = UpstreamOptions.request(settings, target);
        connectOptions = UpstreamOptions.connect(settings, target);
        keepHost = settings.keepHost();
        authority = settings.authority(target);
        this.index = index;
        health = upstream.targets().get(index);
    }

    int index() {
        return index;
    }

    TargetHealth health() {
        return health;
    }

    /** What it sees as {@code Host}. */
    String host(RequestOrigin origin) {
        return keepHost ? origin.host() : authority;
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
}
