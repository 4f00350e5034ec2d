package io.portcullis.http;

import io.portcullis.domain.error.Problem;
import io.vertx.core.http.HttpServerRequest;

/** What a person is shown of a problem whose browser went to a page, in the place of JSON. On event loops. */
public interface ErrorPage {
    /** The page, in the language of the request. */
    HtmlAnswer of(HttpServerRequest request, RequestOrigin origin, Problem problem);
}
