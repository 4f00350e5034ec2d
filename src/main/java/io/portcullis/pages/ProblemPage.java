package io.portcullis.pages;

import io.portcullis.domain.error.Problem;
import io.portcullis.http.ErrorPage;
import io.portcullis.http.HtmlAnswer;
import io.portcullis.http.LanguageCookie;
import io.portcullis.http.NextPath;
import io.portcullis.http.RequestOrigin;
import io.portcullis.pages.Shown.View;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a person sees of a refusal, or of a backend that fails: what it is, what to do, and the id that an operator finds it by. */
final class ProblemPage implements ErrorPage {
    private final PageWriter writer;
    private final LanguageCookie languageCookie;

    ProblemPage(PageWriter writer, LanguageCookie languageCookie) {
        this.writer = writer;
        this.languageCookie = languageCookie;
    }

    @Override
    public HtmlAnswer of(HttpServerRequest request, RequestOrigin origin, Problem problem) {
        int status = problem.code().status();
        var view = new View(
                "error",
                status,
                Map.of(
                        "problem",
                        Trouble.of(problem),
                        "status",
                        status,
                        "requestId",
                        origin.requestId(),
                        "help",
                        help(request, problem).orElse("")));
        return writer.write(view, language(request), "");
    }

    private Locale language(HttpServerRequest request) {
        return languageCookie.language(request);
    }

    /** The page that helps, or the same once more; empty where neither would. */
    private static Optional<String> help(HttpServerRequest request, Problem problem) {
        boolean read =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        // Of our own routes none is a place to come back to, and what a provider sent there is nobody's to keep.
        boolean ours = request.uri().startsWith(Paths.OWN) && !request.uri().startsWith(Paths.BASE);
        var here = read && !ours ? NextPath.local(request.uri()) : "/";
        return switch (problem.action()) {
            case LOGIN, RESTART_LOGIN -> Optional.of(NextPath.on(Paths.LOGIN, here));
            case ENABLE_2FA, START_SETUP, RESTART_SETUP -> Optional.of(NextPath.on(Paths.SETUP, here));
            case VERIFY_2FA -> Optional.of(NextPath.on(Paths.VERIFY, here));
            case REAUTHENTICATE -> Optional.of(VerifyPage.ofSession(here).path());
            case RETRY, WAIT -> Optional.of(here);
            default ->
                // Whoever is not allowed here may be somebody else there.
                problem instanceof Problem.Forbidden ? Optional.of(NextPath.on(Paths.LOGIN, here)) : Optional.empty();
        };
    }
}
