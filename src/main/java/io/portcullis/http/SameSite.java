package io.portcullis.http;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps other sites' pages from using a person's cookies on our own routes (OWASP ASVS 4.0, 13.2.3). */
public final class SameSite {
    private static final String FETCH_SITE = "Sec-Fetch-Site";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Cors cors;
    private final String publicOrigin;

    public SameSite(Cors cors, URI publicUrl) {
        this.cors = cors;
        this.publicOrigin = publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
    }

    /**
     * A client that is no browser sends neither header and passes.
     *
     * @throws Refused {@code Forbidden} for a cross-site request from an origin that the config does not name
     */
    public void check(HttpServerRequest request) {
        check(request, request.getHeader(HttpHeaders.HOST));
    }

    /** The same for a request that was sent to this host before somebody passed it on. */
    public void check(HttpServerRequest request, @Nullable String host) {
        if (isForeign(request, host)) {
            throw new Refused(new Problem.Forbidden());
        }
    }

    /**
     * The same for an HTML form, which only a page of our own sends: the browser must say so. Other origins that the config names
     * have routes that take JSON.
     */
    public void checkForm(HttpServerRequest request) {
        var requestOrigin = request.getHeader(HttpHeaders.ORIGIN);
        boolean unnamed = requestOrigin == null || requestOrigin.equals("null");
        boolean own = unnamed
                ? "same-origin".equals(request.getHeader(FETCH_SITE))
                : isOwn(requestOrigin, request.getHeader(HttpHeaders.HOST));
        if (!own) {
            throw new Refused(new Problem.Forbidden());
        }
    }

    /** Whether a page of another site sent it, from an origin that the config does not name. */
    public boolean isForeign(HttpServerRequest request) {
        return isForeign(request, request.getHeader(HttpHeaders.HOST));
    }

    private boolean isForeign(HttpServerRequest request, @Nullable String host) {
        var requestOrigin = request.getHeader(HttpHeaders.ORIGIN);
        var site = request.getHeader(FETCH_SITE);
        // A page that sends no referrer has no origin to its own site either; which site it is, the browser says all
        // the same.
        if (requestOrigin != null && !(requestOrigin.equals("null") && "same-origin".equals(site))) {
            return !isOwn(requestOrigin, host) && !cors.allows(requestOrigin);
        }
        return "cross-site".equals(site) || "same-site".equals(site);
    }

    /** Whether a browser goes to a page here, whatever site led it: no page there gets to see the answer, nor sends anything along. */
    public static boolean isLedHere(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET)
                && request.getHeader(HttpHeaders.ORIGIN) == null
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest"));
    }

    /** The host was found to be one that is served here before. Plain http is somebody else's who sits on the wire, but on this machine. */
    private boolean isOwn(String requestOrigin, @Nullable String host) {
        if (host == null || requestOrigin.equals(publicOrigin)) {
            return host != null;
        }
        boolean loopback = LOOPBACK.contains(host.replaceFirst(":[0-9]+$", ""));
        return requestOrigin.equals("https://" + host) || (loopback && requestOrigin.equals("http://" + host));
    }
}
