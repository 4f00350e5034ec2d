package io.portcullis.http;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Keeps other sites' pages from using a person's cookies on our own routes (OWASP ASVS 4.0, 13.2.3). */
public final class SameSite {
    private static final String FETCH_SITE = "Sec-Fetch-Site";

    private final Cors cors;

    public SameSite(Cors cors) {
        this.cors = cors;
    }

    /**
     * A client that is no browser sends neither header and passes.
     *
     * @throws Refused {@code Forbidden} for a cross-site request from an origin that the config does not name
     */
    public void check(HttpServerRequest request) {
        var requestOrigin = request.getHeader(HttpHeaders.ORIGIN);
        if (requestOrigin != null) {
            if (!isOwn(requestOrigin, request) && !cors.allows(requestOrigin)) {
                throw new Refused(new Problem.Forbidden());
            }
            return;
        }
        var site = request.getHeader(FETCH_SITE);
        if ("cross-site".equals(site) || "same-site".equals(site)) {
            throw new Refused(new Problem.Forbidden());
        }
    }

    /** The host was found to be one that is served here before. */
    private static boolean isOwn(String requestOrigin, HttpServerRequest request) {
        var host = request.getHeader(HttpHeaders.HOST);
        return host != null && (requestOrigin.equals("https://" + host) || requestOrigin.equals("http://" + host));
    }
}
