package io.portcullis.proxy;

import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.CaptureSettings.HandOut;
import io.portcullis.domain.capture.CaptureSettings.Occasion;
import io.portcullis.domain.capture.StrayFields;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.http.CookieHeader;
import io.portcullis.http.RequestOrigin;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/**
 * Lets a login by only when gateway and backend must read the same person in it: in the body, in the one form that the config
 * tells, and nowhere else. Else somebody could log in at the backend as one person and pass the second factor of another.
 */
final class LoginForm {
    private static final Pattern JSON = mediaType("application/json");
    private static final Pattern FORM = mediaType("application/x-www-form-urlencoded");
    private static final Pattern BEARER = Pattern.compile("(?i)bearer .*");

    /** Schemes by which many a server logs in by itself. */
    private static final Pattern LOGIN_SCHEME = Pattern.compile("(?i)(basic|digest|negotiate|ntlm)([ \\t].*)?");

    private LoginForm() {}

    private static Pattern mediaType(String name) {
        return Pattern.compile("(?i)" + Pattern.quote(name) + "[ \\t]*(;[ \\t]*charset=\"?utf-8\"?[ \\t]*)?");
    }

    /** @throws Refused {@code InvalidRequest} */
    static void check(HttpServerRequest request, CaptureSettings capture, HandOut handOut) {
        boolean login = handOut.occasion() == Occasion.LOGIN;
        var query = request.query();
        if (query != null && (login ? StrayFields.named(capture, query) : StrayFields.password(capture, query))) {
            throw refused("query", "send e-mail and password in the body alone");
        }
        if (!login) {
            return;
        }
        var types = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        var expected = capture.fields().form() ? FORM : JSON;
        if (types.size() != 1 || !expected.matcher(types.getFirst().strip()).matches()) {
            throw refused(
                    "Content-Type",
                    capture.fields().form() ? "must be application/x-www-form-urlencoded" : "must be application/json");
        }
        if (request.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
            throw refused("Content-Encoding", "send the body as it is");
        }
        for (var authorization : request.headers().getAll(HttpHeaders.AUTHORIZATION)) {
            if (LOGIN_SCHEME.matcher(authorization.strip()).matches()) {
                throw refused("Authorization", "send e-mail and password in the body alone");
            }
        }
    }

    /** To the backend goes no cookie that it could take for a field, and of {@code Authorization} a bearer alone. */
    static Forwarding forwarding(
            HttpServerRequest request, CaptureSettings capture, HandOut handOut, RequestOrigin origin) {
        if (handOut.occasion() != Occasion.LOGIN) {
            return Forwarding.untouched(handOut.upstream(), origin);
        }
        var fields = CookieHeader.namesOf(
                request.headers().getAll(HttpHeaders.COOKIE), name -> StrayFields.isField(capture, name));
        boolean bearers = request.headers().getAll(HttpHeaders.AUTHORIZATION).stream()
                .allMatch(value -> BEARER.matcher(value).matches());
        return Forwarding.without(handOut.upstream(), origin, fields, !bearers);
    }

    private static Refused refused(String field, String message) {
        return new Refused(Problem.InvalidRequest.field(field, message));
    }
}
