package io.portcullis.proxy;

import io.vertx.core.http.HttpServerRequest;

public final class Forwarder {
    public void forward(HttpServerRequest request, String target, Forwarding forwarding) {}
}
