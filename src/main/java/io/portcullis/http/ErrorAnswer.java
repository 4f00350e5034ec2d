package io.portcullis.http;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.limits.Policy;
import io.portcullis.domain.limits.Quota;
import io.portcullis.domain.limits.Rate;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that writes a problem to the wire. On event loops. */
public final class ErrorAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswer.class);
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence WWW_AUTHENTICATE = HttpHeaders.createOptimized("WWW-Authenticate");
    private static final String STEP_UP = // RFC 9470, section 3
            "Bearer error=\"insufficient_user_authentication\", acr_values=\"two-factor\"";

    private final Cors cors;
    private final ErrorPage page;

    /** {@code page}: for people; programs get JSON. */
    public ErrorAnswer(Cors cors, ErrorPage page) {
        this.cors = cors;
        this.page = page;
    }

    /** Answers with the problem. A request body that nobody read is drained, or the connection closed after the answer. */
    public void send(HttpServerRequest request, RequestOrigin origin, Problem problem) {
        send(request, origin, problem, ErrorShape.PLAIN);
    }

    /** The same in the shape of a dialect. */
    public void send(HttpServerRequest request, RequestOrigin origin, Problem problem, ErrorShape shape) {
        var answer = request.response();
        if (answer.ended() || answer.headWritten()) {
            StreamEnd.cut(request); // too late to say it: a cut answer must not look like a whole one
            return;
        }
        answer.setStatusCode(problem.code().status());
        origin.passage().told(problem.code());
        if (Navigating.is(request)) {
            cors.permit(request, answer.headers());
            headers(problem, answer.headers());
            if (asPage(request, origin, problem)) {
                return;
            }
        }
        OwnHeaders.put(answer.headers(), origin);
        cors.permit(request, answer.headers());
        headers(problem, answer.headers());
        var language = Texts.language(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        answer.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        answer.headers().add(HttpHeaders.VARY, "Accept-Language");
        var body = shape.shape(body(problem, origin.requestId(), language), language)
                .toBuffer();
        if (request.method().equals(HttpMethod.HEAD)) {
            answer.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            UnreadBody.end(request, answer::end);
        } else {
            UnreadBody.end(request, () -> answer.end(body));
        }
    }

    /** False when the page cannot be made, as may happen to a template of an operator: then a person gets what programs get. */
    private boolean asPage(HttpServerRequest request, RequestOrigin origin, Problem problem) {
        HtmlAnswer html;
        try {
            html = page.of(request, origin, problem);
        } catch (RuntimeException broken) {
            LOG.error("the page for request {} could not be made", origin.requestId(), broken);
            return false;
        }
        html.write(request, origin);
        return true;
    }

    /** The public form of a problem. */
    public static JsonObject body(Problem problem, String requestId, Locale language) {
        var code = problem.code();
        var error = new JsonObject()
                .put("code", code.wire())
                .put("message", Texts.get(language, code.wire() + ".detail"))
                .put("action", problem.action().name());
        members(problem, error);
        if (!(problem instanceof Problem.TwoFactorMandatory)) {
            error.put("requestId", requestId);
        }
        return new JsonObject()
                .put("success", false)
                .put("message", Texts.get(language, code.wire() + ".message"))
                .put("error", error);
    }

    private static void members(Problem problem, JsonObject error) {
        switch (problem) {
            case Problem.InvalidRequest invalid ->
                error.put(
                        "fields",
                        new JsonArray(invalid.fields().stream()
                                .map(field -> field(field.field(), field.message()))
                                .toList()));
            case Problem.BodyTooLarge large ->
                error.put("fields", JsonArray.of(field("body", "has more than " + large.limit() + " bytes")));
            case Problem.InvalidCode wrong -> error.put("remainingAttempts", wrong.remainingAttempts());
            case Problem.TwoFactorMandatory mandatory -> methods(mandatory.methods(), error);
            case Problem.TwoFactorRequired required -> methods(required.methods(), error);
            case Problem.AccountLocked locked ->
                locked.retryAfter().ifPresent(wait -> error.put("retryAfterSeconds", seconds(wait)));
            case Problem.RateLimited limited -> error.put("retryAfterSeconds", seconds(limited.retryAfter()));
            default -> {} // the other problems have no members of their own
        }
    }

    private static JsonObject field(String name, String message) {
        return new JsonObject().put("field", name).put("message", message);
    }

    private static void methods(List<String> methods, JsonObject error) {
        if (!methods.isEmpty()) {
            error.put("methods", new JsonArray(methods));
        }
    }

    static void headers(Problem problem, MultiMap headers) {
        switch (problem) {
            case Problem.MethodNotAllowed refused ->
                headers.set(
                        HttpHeaders.ALLOW,
                        String.join(", ", refused.allowed().stream().sorted().toList()));
            case Problem.AuthRequired none -> headers.set(WWW_AUTHENTICATE, "Bearer");
            case Problem.SessionExpired expired -> headers.set(WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
            case Problem.TwoFactorRequired required ->
                headers.set(
                        WWW_AUTHENTICATE,
                        required.maxAge()
                                .map(age -> STEP_UP + ", max_age=\"" + age.toSeconds() + "\"")
                                .orElse(STEP_UP));
            case Problem.AccountLocked locked ->
                locked.retryAfter()
                        .ifPresent(wait -> headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds(wait))));
            case Problem.RateLimited limited -> rateLimited(limited, headers);
            default -> {} // the other problems have no headers of their own
        }
    }

    private static void rateLimited(Problem.RateLimited limited, MultiMap headers) {
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds(limited.retryAfter())));
        var policy = new Policy(limited.policy(), new Rate(limited.limit(), limited.window()));
        RateLimitFields.put(headers, List.of(new Quota(policy, 0, limited.retryAfter())));
    }

    private static long seconds(Duration duration) {
        return RateLimitFields.seconds(duration);
    }
}
