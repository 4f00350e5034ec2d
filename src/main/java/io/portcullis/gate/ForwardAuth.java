package io.portcullis.gate;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.OwnToken;
import io.portcullis.gate.Rule.Access;
import io.portcullis.http.Cors;
import io.portcullis.http.CredentialReader;
import io.portcullis.http.ErrorAnswer;
import io.portcullis.http.Origins;
import io.portcullis.http.OwnHeaders;
import io.portcullis.http.RequestOrigin;
import io.portcullis.http.SameSite;
import io.portcullis.http.UnreadBody;
import io.portcullis.proxy.Forwarder;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gate for a proxy of others that sends requests on itself and asks first. The judgement is the gate's own; what it does to a request that it
 * proxies, the proxy has to do by the headers of the answer. Only trusted proxies are answered. On event loops.
 */
public final class ForwardAuth {
    /** Answers 200 for a request that may go on, or the gate's refusal. */
    public static final String PATH = "/auth/forward";

    /** Tells the refusal alone, for nginx, which drops all but the status of the first one. It lets nothing through and changes nothing. */
    public static final String REFUSAL_PATH = PATH + "/refusal";

    private final Policy policy;
    private final CredentialReader credentials;
    private final Gate gate;
    private final Forwarder forwarder;
    private final Origins origins;
    private final Cors cors;
    private final SameSite sameSite;
    private final RefusedRequests refusedRequests;
    private final String publicOrigin;
    private final GateMetrics metrics;
    private final WouldRefuse wouldRefuse;

    public ForwardAuth(
            Policy policy,
            CredentialReader credentials,
            Gate gate,
            Forwarder forwarder,
            Origins origins,
            Cors cors,
            SameSite sameSite,
            ErrorAnswer errors,
            URI publicUrl,
            GateMetrics metrics,
            WouldRefuse wouldRefuse) {
        this.policy = policy;
        this.credentials = credentials;
        this.gate = gate;
        this.forwarder = forwarder;
        this.origins = origins;
        this.cors = cors;
        this.sameSite = sameSite;
        this.refusedRequests = new RefusedRequests(errors, publicUrl);
        this.publicOrigin = publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
        this.metrics = metrics;
        this.wouldRefuse = wouldRefuse;
    }

    /** Whether a request target is for one of the two paths, to the letter. Asked for every request there is. */
    public static boolean serves(@Nullable String target) {
        return target != null // as of CONNECT
                && (isFor(PATH, target) || isFor(REFUSAL_PATH, target));
    }

    private static boolean isFor(String path, String target) {
        return target.startsWith(path) && (target.length() == path.length() || target.charAt(path.length()) == '?');
    }

    /** Answers a request that is {@linkplain #serves served}, whatever its method. The future fails with what is to be told as a problem. */
    public Future<Void> handle(HttpServerRequest request, RequestOrigin origin) {
        boolean refusalOnly = isFor(REFUSAL_PATH, request.uri());
        Future<Void> answered;
        try {
            answered = judge(request, origin, refusalOnly);
        } catch (RuntimeException failure) {
            answered = Future.failedFuture(failure);
        }
        // What is told for the second time was counted the first time.
        return refusalOnly ? answered : answered.onFailure(failure -> count(failure, origin));
    }

    private void count(Throwable failure, RequestOrigin origin) {
        if (failure instanceof Refused refused) {
            metrics.refused(origin.passage(), refused.problem().code());
        }
    }

    private Future<Void> judge(HttpServerRequest request, RequestOrigin asked, boolean refusalOnly) {
        if (!origins.isFromTrustedProxy(request)) {
            throw new Refused(new Problem.Forbidden());
        }
        var original = OriginalRequest.of(request.headers(), asked);
        asked.passage().stands(original.method().name(), original.target());
        origins.checkHost(List.of(original.host()));
        var origin = new RequestOrigin(
                asked.requestId(), asked.address(), original.scheme(), original.host(), asked.passage());
        var method = original.method().name();
        var target = RequestTarget.of(method, original.target(), original.host());
        if (refusalOnly && cors.isPreflight(original.method(), request)) {
            cors.answerPreflight(request, origin);
            return Future.succeededFuture();
        }
        var rule = policy.rule(method, target);
        origin.passage().matched(rule.name(), rule.path());
        if (rule.access() == Access.DENY) {
            throw new Refused(new Problem.Forbidden());
        }
        // The answer of such a route is watched, and nobody would see it.
        if (!policy.handOutMethods(target).isEmpty()) {
            throw new Refused(
                    Problem.InvalidRequest.field("target", "is a watched login: let the proxy send it to the gateway"));
        }
        Outcome outcome = (judged, decision) -> act(judged, decision, original, refusalOnly);
        boolean logout = policy.isLogout(method, target);
        if (rule.access() == Access.PUBLIC && !logout) {
            return outcome.act(Judged.unasked(request, origin, target, rule, outcome), Decision.PASS);
        }
        var judged = Judged.asked(request, origin, target, rule, credentials.read(request), outcome);
        return gate.judge(judged, logout && !refusalOnly);
    }

    private Future<Void> act(Judged judged, Decision decision, OriginalRequest original, boolean refusalOnly) {
        switch (decision) {
            case Decision.Pass pass -> {
                checkWhatIsSentOn(judged);
                if (refusalOnly) {
                    again(judged);
                } else {
                    pass(judged, pass);
                }
            }
            case Decision.Deny deny -> {
                if (!refusalOnly) {
                    metrics.refused(judged.origin().passage(), deny.problem().code());
                }
                refusedRequests.answer(judged, original.method(), deny.problem());
            }
        }
        return Future.succeededFuture();
    }

    private void checkWhatIsSentOn(Judged judged) {
        if (judged.passport().isEmpty()) {
            return;
        }
        var request = judged.request();
        if (OriginalRequest.opensWebSocket(request.headers())) {
            sameSite.check(request, judged.origin().host());
        }
        // Another scheme than Bearer was not judged, and a backend that knows it would take it for somebody else's.
        var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null
                && !OwnToken.mayBeIn(authorization)
                && judged.carried().stream().allMatch(one -> one.cookie().isPresent())) {
            throw new Refused(Problem.InvalidRequest.field("Authorization", "leave it out beside a cookie"));
        }
    }

    private void pass(Judged judged, Decision.Pass pass) {
        pass.wouldRefuse()
                .ifPresentOrElse(
                        problem -> wouldRefuse.note(judged, problem.code()),
                        () -> metrics.passed(judged.origin().passage()));
        var answer = judged.request().response();
        OwnHeaders.put(answer.headers(), judged.origin());
        pass.answerHeaders().forEach(answer::putHeader);
        forwarder.tell(judged.request(), judged.forwarding(pass.answerHeaders(), Optional.empty()), answer.headers());
        UnreadBody.end(judged.request(), answer::end);
    }

    /** What was refused would be let through by now. The client sends it once more, as nobody has the body of the first. */
    private void again(Judged judged) {
        var answer = judged.request().response().setStatusCode(307); // RFC 9110, section 15.4.8
        OwnHeaders.put(answer.headers(), judged.origin());
        answer.putHeader(HttpHeaders.LOCATION, publicOrigin + judged.target().forwarded());
        UnreadBody.end(judged.request(), answer::end);
    }
}
