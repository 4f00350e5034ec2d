package io.portcullis.gate;

import io.portcullis.domain.error.Problem;
import io.portcullis.http.ErrorAnswer;
import io.portcullis.http.OwnHeaders;
import io.portcullis.http.UnreadBody;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.net.URI;

/** Tells a refusal: to a program as JSON, to a person who follows a link as the page that helps. */
final class RefusedRequests {
    private final ErrorAnswer errors;
    private final String publicOrigin;

    /** @param publicUrl where redirects lead; never what the request says of its host */
    RefusedRequests(ErrorAnswer errors, URI publicUrl) {
        this.errors = errors;
        this.publicOrigin = publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
    }

    void answer(Judged judged, Problem problem) {
        answer(judged, judged.request().method(), problem);
    }

    /** The same for a request whose method is another than that of what asks for it. */
    void answer(Judged judged, HttpMethod method, Problem problem) {
        var request = judged.request();
        Navigation.pageFor(method, request, judged.target(), judged.rule(), problem)
                .ifPresentOrElse(
                        page -> {
                            var answer = request.response().setStatusCode(302);
                            OwnHeaders.put(answer.headers(), judged.origin());
                            answer.putHeader(HttpHeaders.LOCATION, publicOrigin + page);
                            UnreadBody.end(request, answer::end);
                        },
                        () -> errors.send(request, judged.origin(), problem));
    }
}
