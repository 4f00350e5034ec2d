package io.portcullis.proxy;

import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.AdmitLogin;
import io.portcullis.domain.login.AdmitLogin.Outcome;
import io.portcullis.domain.login.CaptureSettings;
import io.portcullis.domain.login.CapturedLogin;
import io.portcullis.domain.login.CapturedLogin.Meaning;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.domain.login.PasswordAttempts;
import io.portcullis.domain.login.PasswordAttempts.Attempt;
import io.portcullis.domain.session.Client;
import io.portcullis.http.ControlPlane;
import io.portcullis.http.Cors;
import io.portcullis.http.CredentialReader;
import io.portcullis.http.DeviceCookie;
import io.portcullis.http.LoginCookie;
import io.portcullis.http.OwnHeaders;
import io.portcullis.http.RequestOrigin;
import io.portcullis.http.SecondFactorNeeded;
import io.portcullis.http.Sender;
import io.portcullis.http.WholeBody;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A legacy login under watch. The backend's answer is held until it is known whom it lets in: nothing of a credential
 * reaches the client before the second factor. A try takes one of the {@link PasswordAttempts} before the backend gets
 * it; where none is left the backend is not asked, and the answer is the gateway's own {@code INVALID_CREDENTIALS}. On
 * event loops.
 */
public final class LoginCapture {
    private static final Logger LOG = LoggerFactory.getLogger(LoginCapture.class);

    private final Forwarder forwarder;
    private final CapturedLogin capturedLogin;
    private final PasswordAttempts attempts;
    private final AdmitLogin admitLogin;
    private final LoginCookie loginCookie;
    private final DeviceCookie deviceCookie;
    private final Cors cors;
    private final ControlPlane controlPlane;
    private volatile boolean warned;

    public LoginCapture(
            Forwarder forwarder,
            CapturedLogin capturedLogin,
            PasswordAttempts attempts,
            AdmitLogin admitLogin,
            LoginCookie loginCookie,
            DeviceCookie deviceCookie,
            Cors cors,
            ControlPlane controlPlane) {
        this.forwarder = forwarder;
        this.capturedLogin = capturedLogin;
        this.attempts = attempts;
        this.admitLogin = admitLogin;
        this.loginCookie = loginCookie;
        this.deviceCookie = deviceCookie;
        this.cors = cors;
        this.controlPlane = controlPlane;
    }

    /** Answers a paused request for the login route. The future fails with what is to be told as a problem. */
    public Future<Void> handle(
            HttpServerRequest request, String target, CaptureSettings capture, RequestOrigin origin) {
        var forwarding = Forwarding.untouched(capture.upstream(), origin);
        var from = Sender.of(request, origin);
        var deviceToken = CredentialReader.one(request, deviceCookie.name());
        return WholeBody.of(request)
                .compose(body -> begin(capture, body, from.client())
                        .compose(attempt -> forwarder
                                .collect(request, target, forwarding, body)
                                .recover(failure -> notCompared(attempt, failure))
                                .compose(answer -> controlPlane.run(
                                        () -> judge(capture, body.getBytes(), answer, attempt, deviceToken, from)))))
                .compose(verdict -> answer(request, origin, verdict));
    }

    private Future<Attempt> begin(CaptureSettings capture, Buffer body, Client client) {
        return controlPlane.run(() -> attempts.begin(capturedLogin.email(capture, body.getBytes()), client));
    }

    /** Fails with the failure, or with that of giving back. */
    private Future<LegacyAnswer> notCompared(Attempt attempt, Throwable failure) {
        return controlPlane
                .run(() -> {
                    attempt.notCompared();
                    return attempt;
                })
                .compose(given -> Future.failedFuture(failure));
    }

    private sealed interface Verdict {
        /** The backend's answer, and a cookie of ours on top of it. */
        record Relay(LegacyAnswer answer, Optional<String> setCookie) implements Verdict {}

        record Withheld(Outcome.SecondFactorNeeded needed) implements Verdict {}
    }

    /** Every answer that lets nobody in counts as a wrong password, but one that says the backend is out. */
    private Verdict judge(
            CaptureSettings capture,
            byte[] requestBody,
            LegacyAnswer answer,
            Attempt attempt,
            Optional<String> deviceToken,
            Origin from) {
        return switch (capturedLogin.read(capture, requestBody, answer)) {
            case Meaning.TurnedAway away -> {
                if (answer.isOutage()) {
                    attempt.notCompared();
                }
                yield new Verdict.Relay(answer, Optional.empty());
            }
            case Meaning.Unreadable unreadable -> {
                LOG.error(
                        "request {}: the answer of {} to a login has status {} and no credential where the config says;"
                                + " it was kept back",
                        from.requestId(),
                        capture.upstream(),
                        answer.status());
                throw new Refused(new Problem.UpstreamUnavailable());
            }
            case Meaning.LetIn in -> {
                attempt.succeeded();
                warnOfUnreadableToken(capture, in.admitted());
                yield admit(in.admitted(), answer, deviceToken, from);
            }
        };
    }

    private Verdict admit(
            FirstFactor.Admitted admitted, LegacyAnswer answer, Optional<String> deviceToken, Origin from) {
        return switch (admitLogin.admit(admitted, true, deviceToken, from)) {
            case Outcome.Complete complete ->
                new Verdict.Relay(answer, complete.device().map(deviceCookie::holding));
            case Outcome.SecondFactorNeeded needed -> new Verdict.Withheld(needed);
        };
    }

    /** The usual mistake of a first config: everything seems to work, until a token comes whose making the gateway did not see. */
    private void warnOfUnreadableToken(CaptureSettings capture, FirstFactor.Admitted admitted) {
        boolean token = admitted.token().split("\\.", -1).length == 3;
        if (token && admitted.source().equals(capture.name()) && !warned) {
            warned = true;
            LOG.warn(
                    "{} hands out tokens that no identity source of type jwt accepts: compare algorithm, secret or key, issuer"
                            + " and audience. Until then only tokens of logins through this gateway are known.",
                    capture.name());
        }
    }

    private Future<Void> answer(HttpServerRequest request, RequestOrigin origin, Verdict verdict) {
        var response = request.response();
        return switch (verdict) {
            case Verdict.Relay relay -> {
                response.setStatusCode(relay.answer().status());
                relay.answer().headers().forEach(header -> response.headers().add(header.getKey(), header.getValue()));
                relay.setCookie().ifPresent(cookie -> response.headers().add(HttpHeaders.SET_COOKIE, cookie));
                response.putHeader(OwnHeaders.REQUEST_ID, origin.requestId());
                yield response.end(Buffer.buffer(relay.answer().body()));
            }
            case Verdict.Withheld withheld -> {
                OwnHeaders.put(response.headers(), origin);
                cors.permit(request, response.headers());
                var needed = withheld.needed();
                response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .headers()
                        .add(HttpHeaders.SET_COOKIE, loginCookie.holding(needed.tempToken(), needed.expiresIn()));
                yield response.end(SecondFactorNeeded.json(needed).toBuffer());
            }
        };
    }
}
