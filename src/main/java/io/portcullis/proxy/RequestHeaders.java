package io.portcullis.proxy;

import io.portcullis.domain.session.OwnToken;
import io.portcullis.http.CookieSettings;
import io.portcullis.http.RequestOrigin;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The head that the backend gets: the client's, in its order and its letters, without anything that the gateway or a proxy before it would say;
 * then ours. Nothing that a client controls comes after ours.
 */
final class RequestHeaders {
    private static final List<String> REMOVED = List.of(
            // told anew for each connection
            "Host",
            // ours to say
            "X-Request-Id",
            "X-Auth",
            "X-Portcullis",
            "Remote-User",
            "X-Remote-User",
            "X-Goog-Authenticated-User-Email",
            "X-Goog-Authenticated-User-ID",
            // by which way a request came
            "Forwarded",
            "Via",
            "X-Forwarded",
            "Forwarded-For",
            "X-Real-IP",
            "True-Client-IP",
            "Client-IP",
            "X-Client-IP",
            "X-Cluster-Client-IP",
            "CF-Connecting-IP",
            "CF-Connecting-IPv6",
            "Fastly-Client-IP",
            "X-Originating-IP",
            "X-Remote-IP",
            "X-Remote-Addr",
            "X-ProxyUser-IP",
            "X-Envoy-External-Address",
            "X-Host",
            "X-Scheme",
            "X-Url-Scheme",
            "Front-End-Https",
            // another path or method than the one that was judged
            "X-Method-Override",
            "X-HTTP-Path-Override",
            "X-HTTP-Host-Override",
            "X-Envoy-Original-Path",
            "Script-Name",
            "Path-Info",
            // what CGI programs take for the environment variable HTTP_PROXY
            "Proxy");
    private static final List<String> REMOVED_PREFIXES = List.of(
            HopByHop.PROXY_PREFIX,
            "x-auth-",
            "x-ssl-",
            "ssl-client-",
            "x-client-cert",
            "x-amzn-oidc-",
            "x-ms-client-principal",
            "x-forwarded-",
            "x-original-",
            "x-rewrite-",
            "x-override-",
            "x-http-method");

    /** Sent on in the one spelling in which they were judged. */
    private static final HeaderNames JUDGED =
            new HeaderNames(List.of("Cookie", "Authorization", "Content-Type", "Content-Encoding"), List.of());

    private static final CharSequence X_FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");
    private static final CharSequence X_FORWARDED_PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
    private static final CharSequence X_FORWARDED_HOST = HttpHeaders.createOptimized("X-Forwarded-Host");
    private static final CharSequence FORWARDED = HttpHeaders.createOptimized("Forwarded");
    private static final CharSequence X_REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");

    private final HeaderNames removed;
    private final CookieCutter cookies;

    /** @param strip further names that are removed, under every spelling too */
    RequestHeaders(CookieSettings cookies, Collection<String> strip) {
        var names = new ArrayList<>(REMOVED);
        names.addAll(HopByHop.NAMES);
        names.addAll(strip);
        removed = new HeaderNames(names, REMOVED_PREFIXES);
        this.cookies = new CookieCutter(cookies);
    }

    /**
     * Fills an empty head. It has no framing yet.
     *
     * @param host what the backend sees as {@code Host}
     */
    void copy(MultiMap from, Forwarding forwarding, String host, MultiMap to) {
        to.add(HttpHeaders.HOST, host);
        var named = HopByHop.named(from);
        for (var header : from) {
            var name = header.getKey();
            // Some servers read a line without a name as part of the one before.
            if (!name.isEmpty() && !removed.contains(name) && (named == null || !named.contains(name))) {
                copy(name, header.getValue(), forwarding, to);
            }
        }
        var origin = forwarding.origin();
        to.add(X_FORWARDED_FOR, origin.address());
        to.add(X_FORWARDED_PROTO, origin.scheme());
        to.add(X_FORWARDED_HOST, origin.host());
        to.add(FORWARDED, forwarded(origin));
        to.add(X_REQUEST_ID, origin.requestId());
        putIdentity(forwarding, to);
    }

    /** The identity, and the client's credentials without what was not judged or is ours; several {@code Cookie} lines become one. */
    void tell(MultiMap from, Forwarding forwarding, MultiMap to) {
        var credentials = MultiMap.caseInsensitiveMultiMap();
        for (var cookie : from.getAll(HttpHeaders.COOKIE)) {
            copy("Cookie", cookie, forwarding, credentials);
        }
        for (var authorization : from.getAll(HttpHeaders.AUTHORIZATION)) {
            copy("Authorization", authorization, forwarding, to);
        }
        if (!credentials.isEmpty()) {
            to.set(HttpHeaders.COOKIE, String.join("; ", credentials.getAll(HttpHeaders.COOKIE)));
        }
        putIdentity(forwarding, to);
    }

    private static void putIdentity(Forwarding forwarding, MultiMap to) {
        var identity = forwarding.identityHeaders();
        for (int i = 0; i < identity.size(); i++) {
            to.add(identity.get(i).getKey(), identity.get(i).getValue());
        }
    }

    private void copy(String name, String value, Forwarding forwarding, MultiMap to) {
        if (name.equalsIgnoreCase("Cookie")) {
            var kept = cookies.cut(value, forwarding.droppedCookies());
            if (!kept.isEmpty()) {
                to.add(name, kept);
            }
        } else if (name.equalsIgnoreCase("Authorization")) {
            if (!forwarding.dropAuthorization() && !OwnToken.mayBeIn(value)) {
                to.add(name, value);
            }
        } else if (!JUDGED.contains(name)
                || name.equalsIgnoreCase("Content-Type")
                || name.equalsIgnoreCase("Content-Encoding")) {
            to.add(name, value);
        }
    }

    /** RFC 7239, section 4; an IPv6 address and a host with a port are quoted (section 6). */
    private static String forwarded(RequestOrigin origin) {
        boolean ipv6 = origin.address().indexOf(':') >= 0;
        var node = ipv6 ? "\"[" + origin.address() + "]\"" : origin.address();
        boolean quoted = origin.host().indexOf(':') >= 0;
        var host = quoted ? "\"" + origin.host() + "\"" : origin.host();
        return "for=" + node + ";proto=" + origin.scheme() + ";host=" + host;
    }
}
