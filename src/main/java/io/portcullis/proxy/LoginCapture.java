package io.portcullis.proxy;

import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.CaptureSettings.HandOut;
import io.portcullis.domain.capture.WatchHandOut;
import io.portcullis.domain.capture.WatchHandOut.Verdict;
import io.portcullis.domain.capture.WatchHandOut.Watched;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.domain.session.Carried;
import io.portcullis.http.ControlPlane;
import io.portcullis.http.CookieHeader;
import io.portcullis.http.CredentialReader;
import io.portcullis.http.DeviceCookie;
import io.portcullis.http.Framing;
import io.portcullis.http.OwnHeaders;
import io.portcullis.http.RequestOrigin;
import io.portcullis.http.Sender;
import io.portcullis.http.WholeBody;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * A legacy login under watch, or another route that hands out its credential. The backend's answer is held until it is known whom
 * it lets in: nothing of a credential reaches the client before the second factor. Where no password attempt is left the backend is
 * not asked, and the answer is the gateway's own {@code INVALID_CREDENTIALS}. On event loops.
 */
public final class LoginCapture {
    private final Forwarder forwarder;
    private final WatchHandOut watchHandOut;
    private final WithheldAnswer withheldAnswer;
    private final DeviceCookie deviceCookie;
    private final ControlPlane controlPlane;
    private final CaptureLog log = new CaptureLog();

    public LoginCapture(
            Forwarder forwarder,
            WatchHandOut watchHandOut,
            WithheldAnswer withheldAnswer,
            DeviceCookie deviceCookie,
            ControlPlane controlPlane) {
        this.forwarder = forwarder;
        this.watchHandOut = watchHandOut;
        this.withheldAnswer = withheldAnswer;
        this.deviceCookie = deviceCookie;
        this.controlPlane = controlPlane;
    }

    /**
     * Answers a paused request for one of these routes. Fails, at once or by the future, with what is to be told as a problem.
     *
     * @param carried the credentials of a refresh
     * @param limits of the rule, beside the 64 KiB that any such body may have
     */
    public Future<Void> handle(
            HttpServerRequest request,
            String target,
            CaptureSettings capture,
            HandOut handOut,
            List<Carried> carried,
            ExchangeLimits limits,
            RequestOrigin origin) {
        if (!limits.equals(ExchangeLimits.NONE)) {
            limits.check(request, Framing.length(request));
        }
        LoginForm.check(request, capture, handOut);
        var forwarding = LoginForm.forwarding(request, capture, handOut, origin).within(limits);
        var from = Sender.of(request, origin);
        var deviceToken = CredentialReader.one(request.headers(), deviceCookie.name());
        var cookies = handOut.success()
                .cookie()
                .map(name -> CookieHeader.values(request.headers().getAll(HttpHeaders.COOKIE), name).stream()
                        .map(value -> Carried.cookie(name, value))
                        .toList())
                .orElse(List.of());
        return WholeBody.of(request)
                .map(body -> {
                    limits.checkCollected(body.length());
                    return body;
                })
                .compose(body -> controlPlane
                        .run(() -> watchHandOut.begin(capture, handOut, body.getBytes(), cookies, carried, from))
                        .compose(watched -> forwarder
                                .collect(request, target, forwarding, body)
                                .recover(failure -> notCompared(watched, failure))
                                .compose(answer -> controlPlane.run(
                                        () -> judge(watched, capture, handOut, answer, deviceToken, from)))))
                .compose(verdict -> answer(request, origin, capture, verdict));
    }

    /** Fails with the failure, or with that of giving back. */
    private Future<LegacyAnswer> notCompared(Watched watched, Throwable failure) {
        return controlPlane
                .run(() -> {
                    watched.notCompared();
                    return watched;
                })
                .compose(given -> Future.failedFuture(failure));
    }

    private Verdict judge(
            Watched watched,
            CaptureSettings capture,
            HandOut handOut,
            LegacyAnswer answer,
            Optional<String> deviceToken,
            Origin from) {
        var verdict = watchHandOut.judge(watched, answer, deviceToken, from);
        switch (verdict) {
            case Verdict.KeptBack kept -> {
                log.keptBack(capture, handOut, kept.reason(), answer.status(), from.requestId());
                throw new Refused(new Problem.UpstreamUnavailable());
            }
            case Verdict.Relay relay -> relay.admitted().ifPresent(admitted -> log.letIn(capture, handOut, admitted));
            case Verdict.Withheld withheld -> {} // nobody is let in yet
        }
        return verdict;
    }

    private Future<Void> answer(
            HttpServerRequest request, RequestOrigin origin, CaptureSettings capture, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Relay relay -> {
                var response = request.response().setStatusCode(relay.answer().status());
                relay.answer().headers().forEach(header -> response.headers().add(header.getKey(), header.getValue()));
                relay.device()
                        .map(deviceCookie::holding)
                        .ifPresent(cookie -> response.headers().add(HttpHeaders.SET_COOKIE, cookie));
                response.putHeader(OwnHeaders.REQUEST_ID, origin.requestId());
                yield response.end(Buffer.buffer(relay.answer().body()));
            }
            case Verdict.Withheld withheld ->
                withheldAnswer.send(request, origin, withheld, capture.fields().form());
            case Verdict.KeptBack kept -> Future.failedFuture(new Refused(new Problem.UpstreamUnavailable()));
        };
    }
}
