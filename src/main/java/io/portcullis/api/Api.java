package io.portcullis.api;

import io.portcullis.dialect.Catalogue;
import io.portcullis.dialect.Dialects;
import io.portcullis.dialect.Route;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.Recognize;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Client;
import io.portcullis.http.ControlPlane;
import io.portcullis.http.CookieSettings;
import io.portcullis.http.Cors;
import io.portcullis.http.CredentialReader;
import io.portcullis.http.DeviceCookie;
import io.portcullis.http.ErrorShape;
import io.portcullis.http.LoginCookie;
import io.portcullis.http.OidcCookie;
import io.portcullis.http.RequestOrigin;
import io.portcullis.http.SameSite;
import io.portcullis.http.Sender;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The gateway's own routes: from HTTP to an operation and back. There is no other way to one. */
public final class Api {
    private final Routes routes;
    private final Map<String, Operation> operations;
    private final Recognize recognize;
    private final CredentialReader credentials;
    private final LoginCookie loginCookie;
    private final DeviceCookie deviceCookie;
    private final OidcCookie oidcCookie;
    private final SameSite sameSite;
    private final Answers answers;
    private final ControlPlane controlPlane;

    public Api(
            Dialects dialects,
            List<Operations> groups,
            Recognize recognize,
            CredentialReader credentials,
            CookieSettings cookies,
            Cors cors,
            SameSite sameSite,
            ControlPlane controlPlane) {
        this.routes = new Routes(dialects);
        this.operations = groups.stream()
                .flatMap(group -> group.all().stream())
                .collect(Collectors.toUnmodifiableMap(Operation::name, operation -> operation));
        if (!operations.keySet().equals(Set.copyOf(Catalogue.OPERATIONS.names()))) {
            throw new IllegalStateException("operations.yaml and the operations there are differ");
        }
        this.recognize = recognize;
        this.credentials = credentials;
        this.loginCookie = new LoginCookie(cookies);
        this.deviceCookie = new DeviceCookie(cookies);
        this.oidcCookie = new OidcCookie(cookies);
        this.sameSite = sameSite;
        this.answers = new Answers(cors, cookies);
        this.controlPlane = controlPlane;
    }

    /** Whether the path is one of our own, to the letter. */
    public boolean serves(String path) {
        return routes.serves(path);
    }

    /** Every path that is {@linkplain #serves served}; {@code *} stands for a segment that may be any value. */
    public Set<String> paths() {
        return routes.paths();
    }

    /** What errors look like at a path that is {@linkplain #serves served}. */
    public ErrorShape errors(String method, String path) {
        return routes.dialect(method, path).<ErrorShape>map(DialectErrors::new).orElse(ErrorShape.PLAIN);
    }

    /** Answers a paused request for a path that is {@linkplain #serves served}; on its event loop. The future fails with what is to be told as a problem. */
    public Future<Void> handle(HttpServerRequest request, RequestOrigin origin, String path) {
        try {
            var found = routes.find(request.method().name(), path);
            var route = found.mounted().route();
            if (!route.ledHere() || !SameSite.isLedHere(request)) {
                sameSite.check(request);
            }
            var blank = blank(request, origin, Sender.of(request, origin));
            return RequestBody.read(request, route.takesForms()).compose(body -> {
                var received = new Received(
                        request.headers(),
                        found.pathValues(),
                        UriText.query(request.query()),
                        body.json(),
                        body.form());
                var one = Arguments.choose(route, received);
                var arguments = Arguments.of(one, received);
                var call = blank.with(arguments.values());
                return controlPlane
                        .run(() -> run(one, call, arguments))
                        .compose(reply -> answers.write(request, origin, one, reply));
            });
        } catch (Refused refused) {
            return Future.failedFuture(refused);
        }
    }

    /**
     * Lets a page answer a paused request; on its event loop. {@code work} is called on a virtual thread, and the future fails with
     * what it throws, which is to be told as a problem.
     *
     * @param language that the person reads
     */
    public <T> Future<T> visit(
            HttpServerRequest request, RequestOrigin origin, Locale language, Function<Visit, T> work) {
        try {
            boolean sends = request.method().equals(HttpMethod.POST);
            if (sends) {
                sameSite.checkForm(request);
            }
            var blank = blank(request, origin, Sender.of(request, origin, language));
            var form = sends ? RequestBody.form(request) : RequestBody.none(request);
            return form.compose(fields -> controlPlane.run(
                    () -> work.apply(new Visit(operations, blank, UriText.query(request.query()), fields))));
        } catch (Refused refused) {
            return Future.failedFuture(refused);
        }
    }

    /** The request as a call without arguments. */
    private Call blank(HttpServerRequest request, RequestOrigin origin, Origin from) {
        var carried = credentials.read(request);
        var cookies = Cookies.of(request, loginCookie, deviceCookie, oidcCookie);
        return new Call(
                Map.of(),
                () -> judge(carried, from.client(), origin),
                carriedBy(carried),
                cookies.login(),
                cookies.device(),
                cookies.oidc(),
                from);
    }

    private Reply run(Route.Case one, Call call, Arguments.Read arguments) {
        var operation = Objects.requireNonNull(operations.get(one.operation().name()), "all are there");
        try {
            return operation.body().apply(call);
        } catch (Refused refused) {
            throw arguments.inWordsOfClient(refused);
        }
    }

    /** What our own cookies hold. */
    private record Cookies(Optional<String> login, Optional<String> device, Optional<String> oidc) {
        static Cookies of(HttpServerRequest request, LoginCookie login, DeviceCookie device, OidcCookie oidc) {
            return new Cookies(
                    CredentialReader.one(request.headers(), login.name()),
                    CredentialReader.one(request.headers(), device.name()),
                    CredentialReader.one(request.headers(), oidc.name()));
        }
    }

    private Call.Judged judge(List<Carried> carried, Client client, RequestOrigin origin) {
        var judged = recognize.recognize(carried, client);
        origin.passage().known(judged.caller().session());
        return new Call.Judged(judged.caller(), carried.get(judged.index()));
    }

    private static Call.CarriedBy carriedBy(List<Carried> carried) {
        if (carried.isEmpty()) {
            return Call.CarriedBy.NOTHING;
        }
        boolean bearer = carried.stream().anyMatch(one -> one.cookie().isEmpty());
        return bearer ? Call.CarriedBy.BEARER : Call.CarriedBy.COOKIE;
    }
}
