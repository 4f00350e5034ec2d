package io.portcullis.server;

import io.portcullis.api.Api;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.gate.ForwardAuth;
import io.portcullis.gate.Gate;
import io.portcullis.gate.GateMetrics;
import io.portcullis.gate.RequestTarget;
import io.portcullis.http.ClientGone;
import io.portcullis.http.Cors;
import io.portcullis.http.ErrorAnswer;
import io.portcullis.http.ErrorShape;
import io.portcullis.http.Framing;
import io.portcullis.http.LastAnswer;
import io.portcullis.http.Origins;
import io.portcullis.http.RequestOrigin;
import io.portcullis.http.StreamEnd;
import io.portcullis.http.UnreadBody;
import io.portcullis.http.UnreadableHead;
import io.portcullis.observe.Observer;
import io.portcullis.pages.BuiltInPages;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where every request comes in. What fails on the way is a refusal, whatever it is: nothing passes by an exception. On event loops. */
final class FrontDoor implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

    private final Origins origins;
    private final Observer observer;
    private final Cors cors;
    private final Api api;
    private final BuiltInPages pages;
    private final Gate gate;
    private final ForwardAuth forwardAuth;
    private final ErrorAnswer errors;
    private final GateMetrics metrics;

    FrontDoor(
            Origins origins,
            Observer observer,
            Cors cors,
            Api api,
            BuiltInPages pages,
            Gate gate,
            ForwardAuth forwardAuth,
            ErrorAnswer errors,
            GateMetrics metrics) {
        this.origins = origins;
        this.observer = observer;
        this.cors = cors;
        this.api = api;
        this.pages = pages;
        this.gate = gate;
        this.forwardAuth = forwardAuth;
        this.errors = errors;
        this.metrics = metrics;
    }

    @Override
    public void handle(HttpServerRequest request) {
        request.pause(); // the body waits for the decision
        RequestOrigin origin;
        try {
            origin = origins.of(request);
        } catch (RuntimeException unknown) {
            LOG.error("a request of unknown origin was dropped", unknown);
            StreamEnd.cut(request);
            return;
        }
        try {
            observer.arrived(request, origin);
            enter(request, origin);
        } catch (RuntimeException failure) {
            count(origin, failure);
            refuse(request, origin, failure, ErrorShape.PLAIN);
        }
    }

    /** Answers a head that could not be read as one, and ends its connection: where the next request begins, nobody knows. */
    void refuseUnreadable(HttpServerRequest request) {
        try {
            LastAnswer.announce(request); // Vert.x closes the connection behind it
            var origin = origins.of(request);
            var problem = UnreadableHead.problem(request);
            var wrong = problem.fields().getFirst();
            LOG.info("request {} could not be read: {} {}", origin.requestId(), wrong.field(), wrong.message());
            errors.send(request, origin, problem);
        } catch (RuntimeException failure) {
            LOG.error("a request that is none was dropped", failure);
            StreamEnd.cut(request);
        }
    }

    private void enter(HttpServerRequest request, RequestOrigin origin) {
        if (UnreadBody.announced(request)) {
            Framing.length(request); // before anything is decided for a request of which nobody knows where it ends
        }
        if (ForwardAuth.serves(request.uri())) {
            forwardAuth
                    .handle(request, origin)
                    .onFailure(failure -> refuse(request, origin, failure, ErrorShape.PLAIN));
            return;
        }
        origins.checkHost(request);
        var target = RequestTarget.of(request.method().name(), request.uri(), origin.host());
        if (cors.isPreflight(request)) {
            cors.answerPreflight(request, origin);
        } else if (api.serves(target.path())) {
            api.handle(request, origin, target.path())
                    .onFailure(failure -> refuse(
                            request,
                            origin,
                            failure,
                            api.errors(request.method().name(), target.path())));
        } else if (pages.serves(request.method(), target.path())) {
            pages.handle(request, origin, target.path())
                    .onFailure(failure -> refuse(request, origin, failure, ErrorShape.PLAIN));
        } else {
            gate.handle(request, origin, target).onFailure(failure -> {
                count(origin, failure);
                refuse(request, origin, failure, ErrorShape.PLAIN);
            });
        }
    }

    /** What the gate refused by its table it has counted itself. */
    private void count(RequestOrigin origin, Throwable failure) {
        if (failure instanceof Refused refused) {
            metrics.refused(origin.passage(), refused.problem().code());
        }
    }

    private void refuse(HttpServerRequest request, RequestOrigin origin, Throwable failure, ErrorShape shape) {
        if (failure instanceof ClientGone) {
            return;
        }
        if (failure instanceof Refused refused) {
            errors.send(request, origin, refused.problem(), shape);
            return;
        }
        LOG.error("request {} failed", origin.requestId(), failure);
        errors.send(request, origin, new Problem.Unexpected(), shape);
    }
}
