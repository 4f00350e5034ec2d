package io.portcullis.testing;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A request that is a head and an address and nothing else: what else it is asked for fails the test. */
public final class RequestHead {
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private final HttpMethod method;
    private String peer = "192.0.2.1";

    private RequestHead(HttpMethod method) {
        this.method = method;
    }

    public static RequestHead of(String method) {
        return new RequestHead(HttpMethod.valueOf(method));
    }

    /** One more header; the same name again is a second header. */
    public RequestHead with(String name, String value) {
        headers.add(name, value);
        return this;
    }

    public RequestHead from(String address) {
        peer = address;
        return this;
    }

    public HttpServerRequest request() {
        return (HttpServerRequest) Proxy.newProxyInstance(
                RequestHead.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (proxy, called, arguments) -> answer(called.getName(), arguments));
    }

    private @Nullable Object answer(String called, Object @Nullable [] arguments) {
        return switch (called) {
            case "method" -> method;
            case "headers" -> headers;
            case "remoteAddress" -> SocketAddress.inetSocketAddress(50000, peer);
            case "getHeader" -> arguments == null ? null : headers.get(String.valueOf(arguments[0]));
            default -> throw new AssertionError(called + ": a head has no more than the above");
        };
    }
}
