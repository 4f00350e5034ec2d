package io.portcullis.gate;

import io.portcullis.domain.error.Problem;
import io.portcullis.http.Navigating;
import io.portcullis.http.NextPath;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** A person who follows a link, and the page that a refusal leads to. */
final class Navigation {
    private Navigation() {}

    /** The local path of the page that helps with this problem, with the wanted path behind; empty for an API client and where no page helps. */
    static Optional<String> pageFor(
            HttpMethod method, HttpServerRequest request, RequestTarget target, Rule rule, Problem problem) {
        boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        if (!reads || !Navigating.is(request)) {
            return Optional.empty();
        }
        var pages = rule.pages();
        Optional<String> page = switch (problem) {
            case Problem.AuthRequired none -> Optional.of(pages.login());
            case Problem.SessionExpired expired -> Optional.of(pages.login());
            case Problem.TwoFactorMandatory mandatory -> Optional.of(pages.setup());
            case Problem.TwoFactorRequired required -> Optional.of(pages.verify());
            default -> Optional.empty();
        };
        return page.filter(path -> !path.equals(target.path())) // a page that is gated itself must not lead to itself
                .map(path -> NextPath.on(path, target.forwarded()));
    }
}
