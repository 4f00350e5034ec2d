package io.portcullis.gate;

import io.portcullis.domain.capture.CaptureSettings.Occasion;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.Logout;
import io.portcullis.domain.session.Carried;
import io.portcullis.gate.Rule.Access;
import io.portcullis.http.ControlPlane;
import io.portcullis.http.CredentialReader;
import io.portcullis.http.ErrorAnswer;
import io.portcullis.http.RequestOrigin;
import io.portcullis.http.SameSite;
import io.portcullis.http.Sender;
import io.portcullis.http.UnreadBody;
import io.portcullis.proxy.Forwarder;
import io.portcullis.proxy.LoginCapture;
import io.portcullis.proxy.TunnelWatch;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The one way to a backend: every request that is not for a route of our own passes here, plain or upgrade. On event loops. */
public final class Gate {
    private final Policy policy;
    private final Passports passports;
    private final SessionLine sessionLine;
    private final CredentialReader credentials;
    private final Forwarder forwarder;
    private final LoginCapture loginCapture;
    private final OpenSockets openSockets;
    private final Logout logout;
    private final ControlPlane controlPlane;
    private final RefusedRequests refusedRequests;
    private final SameSite sameSite;
    private final GateMetrics metrics;
    private final WouldRefuse wouldRefuse;
    private final InstantSource clock;
    private final Outcome outcome = this::act;

    public Gate(
            Policy policy,
            Passports passports,
            SessionLine sessionLine,
            CredentialReader credentials,
            Forwarder forwarder,
            LoginCapture loginCapture,
            OpenSockets openSockets,
            Logout logout,
            ControlPlane controlPlane,
            ErrorAnswer errors,
            SameSite sameSite,
            URI publicUrl,
            GateMetrics metrics,
            WouldRefuse wouldRefuse,
            InstantSource clock) {
        this.policy = policy;
        this.passports = passports;
        this.sessionLine = sessionLine;
        this.credentials = credentials;
        this.forwarder = forwarder;
        this.loginCapture = loginCapture;
        this.openSockets = openSockets;
        this.logout = logout;
        this.controlPlane = controlPlane;
        this.refusedRequests = new RefusedRequests(errors, publicUrl);
        this.sameSite = sameSite;
        this.metrics = metrics;
        this.wouldRefuse = wouldRefuse;
        this.clock = clock;
    }

    /** Judges a paused request. The future fails with what is to be told as a problem; nothing was sent to a backend then. */
    public Future<Void> handle(HttpServerRequest request, RequestOrigin origin, RequestTarget target) {
        var method = request.method().name();
        var rule = policy.rule(method, target);
        origin.passage().matched(rule.name(), rule.path());
        if (rule.access() == Access.DENY) {
            return Future.failedFuture(new Refused(new Problem.Forbidden()));
        }
        var watched = policy.handOut(method, target);
        if (watched.isPresent()) {
            return handOut(request, origin, target, watched.get(), rule);
        }
        var otherMethods = policy.handOutMethods(target);
        // Some backends log in by any method, and nobody would watch.
        if (!otherMethods.isEmpty()
                && (UnreadBody.announced(request) || policy.bringsPassword(target, request.query()))) {
            return Future.failedFuture(new Refused(new Problem.MethodNotAllowed(otherMethods)));
        }
        boolean endsSession = policy.isLogout(method, target);
        if (rule.access() == Access.PUBLIC && !endsSession) {
            return act(Judged.unasked(request, origin, target, rule, outcome), Decision.PASS);
        }
        return judge(Judged.asked(request, origin, target, rule, credentials.read(request), outcome), endsSession);
    }

    /** What else a login carries is of no account: it may be the cookie of any page that was seen before. */
    private Future<Void> handOut(
            HttpServerRequest request, RequestOrigin origin, RequestTarget target, Policy.Watched watched, Rule rule) {
        var carried = watched.handOut().occasion() == Occasion.REFRESH ? credentials.read(request) : List.<Carried>of();
        return loginCapture
                .handle(
                        request,
                        target.forwarded(),
                        watched.capture(),
                        watched.handOut(),
                        carried,
                        rule.limits(),
                        origin)
                .onSuccess(answered -> metrics.passed(origin.passage()));
    }

    /** Leads to the outcome of the request; {@code endsSession} for a logout, whose session ends before it. */
    Future<Void> judge(Judged judged, boolean endsSession) {
        return find(judged)
                .compose(
                        passport -> {
                            var known = judged.by(passport);
                            judged.origin().passage().known(passport.caller().session());
                            var decision = Decision.of(judged.rule(), passport.caller(), clock.instant());
                            return endsSession && decision instanceof Decision.Pass
                                    ? endSession(known, passport)
                                            .compose(
                                                    ended -> known.outcome().act(known, decision),
                                                    failure -> actWithout(judged, failure)) // it ended meanwhile
                                    : known.outcome().act(known, decision);
                        },
                        failure -> actWithout(judged, failure));
    }

    /** For a request whose session cannot be found, or is there no more. */
    private Future<Void> actWithout(Judged judged, Throwable failure) {
        if (!(failure instanceof Refused refused)) {
            return Future.failedFuture(failure);
        }
        var decision =
                judged.rule().access() == Access.PUBLIC && !(refused.problem() instanceof Problem.StoreUnavailable)
                        ? Decision.PASS
                        : Decision.without(judged.rule(), refused.problem(), clock.instant());
        return judged.outcome().act(judged, decision);
    }

    private Future<Passport> find(Judged judged) {
        if (judged.carried().isEmpty()) {
            return Future.failedFuture(new Refused(new Problem.AuthRequired()));
        }
        var found = passports.remembered(judged.carried(), judged.origin().address());
        if (found.isPresent() && passes(judged, found.get().passport())) {
            var passport = found.get().passport();
            return found.get().believed() ? Future.succeededFuture(passport) : confirmed(judged, passport);
        }
        return passports
                .refused(judged.carried(), judged.origin().address())
                .filter(answer -> refuses(judged, answer))
                .map(Gate::told)
                .orElseGet(() -> passports.find(judged.carried(), judged.client()));
    }

    private boolean passes(Judged judged, Passport passport) {
        return Decision.of(judged.rule(), passport.caller(), clock.instant()).equals(Decision.PASS);
    }

    private boolean refuses(Judged judged, Asking.Answer answer) {
        return switch (answer) {
            case Asking.Answer.Known known ->
                Decision.of(judged.rule(), known.passport().caller(), clock.instant()) instanceof Decision.Deny;
            case Asking.Answer.Unknown unknown ->
                judged.rule().access() != Access.PUBLIC
                        && Decision.without(judged.rule(), unknown.problem(), clock.instant()) instanceof Decision.Deny;
        };
    }

    private static Future<Passport> told(Asking.Answer answer) {
        return switch (answer) {
            case Asking.Answer.Known known -> Future.succeededFuture(known.passport());
            case Asking.Answer.Unknown unknown -> Future.failedFuture(new Refused(unknown.problem()));
        };
    }

    /** Without a lease: the session store has the last word on each request. */
    private Future<Passport> confirmed(Judged judged, Passport passport) {
        return sessionLine
                .unchanged(passport.caller().session())
                .otherwise(false) // the slow way tells what is wrong
                .compose(stands ->
                        stands ? Future.succeededFuture(passport) : passports.find(judged.carried(), judged.client()));
    }

    /** Before the backend hears of it: a logout that we could not store is not passed on, and can be repeated. */
    private Future<Void> endSession(Judged judged, Passport passport) {
        var from = Sender.of(judged.request(), judged.origin());
        return controlPlane.run(() -> {
            logout.logout(passport.caller().session(), from);
            return null;
        });
    }

    private Future<Void> act(Judged judged, Decision decision) {
        switch (decision) {
            case Decision.Pass pass -> {
                if (watches(judged)) {
                    sameSite.check(judged.request()); // a browser lets any site open one, and sends the cookies along
                }
                pass.wouldRefuse()
                        .ifPresentOrElse(
                                problem -> wouldRefuse.note(judged, problem.code()),
                                () -> metrics.passed(judged.origin().passage()));
                pass(judged, pass);
            }
            case Decision.Deny deny -> {
                metrics.refused(judged.origin().passage(), deny.problem().code());
                refusedRequests.answer(judged, deny.problem());
            }
        }
        return Future.succeededFuture();
    }

    /** Whether it opens a WebSocket, which is to end with the session of whoever opened it. */
    private static boolean watches(Judged judged) {
        return judged.passport().isPresent() && Forwarder.opensWebSocket(judged.request());
    }

    private void pass(Judged judged, Decision.Pass pass) {
        Optional<TunnelWatch> tunnelWatch = watches(judged)
                ? judged.passport()
                        .map(passport -> openSockets.of(passport.caller().session()))
                : Optional.empty();
        forwarder.forward(
                judged.request(), judged.target().forwarded(), judged.forwarding(pass.answerHeaders(), tunnelWatch));
    }
}
