package io.portcullis.gate;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.http.RequestOrigin;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The request that a proxy asks about, as its headers tell it. Proxies have two sets of headers for that; one may pass on a client's own of the other
 * set, so that both count only when they say the same.
 *
 * @param target of the request line, as the client sent it
 * @param scheme {@code http} or {@code https}
 */
record OriginalRequest(HttpMethod method, String target, String host, String scheme) {
    private static final String FORWARDED_METHOD = "X-Forwarded-Method";
    private static final String FORWARDED_URI = "X-Forwarded-Uri";
    private static final String FORWARDED_HOST = "X-Forwarded-Host";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";
    private static final String ORIGINAL_METHOD = "X-Original-Method";
    private static final String ORIGINAL_URL = "X-Original-URL";

    /** RFC 9110, section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** {@code wss} is what Traefik calls the scheme of a WebSocket. */
    private static final Pattern SCHEME = Pattern.compile("(?i)(?:http|ws)(s?)");

    private static final Pattern URL = Pattern.compile("([A-Za-z]+)://([^/?]*)(/.*)");

    /** What one set of headers says; the authority and scheme are those of a whole URL. */
    private record Line(String method, String target, Optional<String> host, Optional<String> scheme) {}

    /**
     * Reads the headers of a proxy that is trusted.
     *
     * @param asked what is known of the proxy's own request; its host and scheme count where no header tells them
     * @throws Refused {@code InvalidRequest} when a header is missing, there twice or of another form, or when two disagree
     */
    static OriginalRequest of(MultiMap headers, RequestOrigin asked) {
        var forwarded = line(headers, FORWARDED_METHOD, FORWARDED_URI);
        var original = line(headers, ORIGINAL_METHOD, ORIGINAL_URL);
        var line = forwarded
                .or(() -> original)
                .orElseThrow(
                        () -> refused(
                                FORWARDED_URI,
                                "let the proxy send X-Forwarded-Method and X-Forwarded-Uri, or X-Original-Method and X-Original-URL"));
        if (forwarded.isPresent() && original.isPresent()) {
            agree(forwarded.get().method(), original.get().method(), ORIGINAL_METHOD);
            agree(forwarded.get().target(), original.get().target(), ORIGINAL_URL);
        }
        var host = one(headers, FORWARDED_HOST);
        var scheme = one(headers, FORWARDED_PROTO).map(proto -> scheme(FORWARDED_PROTO, proto));
        var url = original.orElse(line);
        url.host().ifPresent(named -> host.ifPresent(told -> agree(lower(named), lower(told), FORWARDED_HOST)));
        url.scheme().ifPresent(named -> scheme.ifPresent(told -> agree(named, told, FORWARDED_PROTO)));
        return new OriginalRequest(
                HttpMethod.valueOf(line.method()),
                line.target(),
                host.or(url::host).orElse(asked.host()),
                scheme.or(url::scheme).orElse(asked.scheme()));
    }

    /** Half a set is none: a client could add the other half. */
    private static Optional<Line> line(MultiMap headers, String methodHeader, String targetHeader) {
        var method = one(headers, methodHeader);
        var target = one(headers, targetHeader);
        if (method.isEmpty() && target.isEmpty()) {
            return Optional.empty();
        }
        if (method.isEmpty() || target.isEmpty()) {
            var missing = method.isEmpty() ? methodHeader : targetHeader;
            throw refused(missing, "let the proxy send it too");
        }
        if (!TOKEN.matcher(method.get()).matches()) {
            throw refused(methodHeader, "is no method");
        }
        return Optional.of(line(method.get(), target.get(), targetHeader));
    }

    private static Line line(String method, String target, String targetHeader) {
        var url = URL.matcher(target);
        if (targetHeader.equals(FORWARDED_URI) || target.startsWith("/") || !url.matches()) {
            return new Line(method, target, Optional.empty(), Optional.empty());
        }
        return new Line(
                method, url.group(3), Optional.of(url.group(2)), Optional.of(scheme(targetHeader, url.group(1))));
    }

    private static String scheme(String header, String text) {
        var scheme = SCHEME.matcher(text);
        if (!scheme.matches()) {
            throw refused(header, "is of http or https");
        }
        return "http" + lower(scheme.group(1));
    }

    private static Optional<String> one(MultiMap headers, String name) {
        var values = headers.getAll(name);
        if (values.size() > 1) {
            throw refused(name, "let the proxy send it once, in the place of the client's");
        }
        return values.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    private static void agree(String one, String other, String header) {
        if (!one.equals(other)) {
            throw refused(header, "says otherwise than another header; let the proxy replace the client's");
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Whether a browser may open a WebSocket by it. Proxies keep {@code Upgrade} to themselves, so the other headers of RFC 6455 tell. */
    static boolean opensWebSocket(MultiMap headers) {
        return headers.contains(HttpHeaders.UPGRADE)
                || headers.contains("Sec-WebSocket-Key")
                || headers.contains("Sec-WebSocket-Version");
    }

    private static Refused refused(String header, String message) {
        return new Refused(Problem.InvalidRequest.field(header, message));
    }
}
