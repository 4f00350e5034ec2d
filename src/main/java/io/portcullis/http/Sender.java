package io.portcullis.http;

import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.session.Client;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/** Who sent a request, as the domain knows them. */
public final class Sender {
    private Sender() {}

    public static Origin of(HttpServerRequest request, RequestOrigin origin) {
        return of(request, origin, Texts.language(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
    }

    /** The same for a person who reads this language. */
    public static Origin of(HttpServerRequest request, RequestOrigin origin, Locale language) {
        return new Origin(client(request, origin), origin.requestId(), language);
    }

    public static Client client(HttpServerRequest request, RequestOrigin origin) {
        var userAgent = request.getHeader(HttpHeaders.USER_AGENT);
        return new Client(origin.address(), userAgent == null ? "" : userAgent);
    }
}
