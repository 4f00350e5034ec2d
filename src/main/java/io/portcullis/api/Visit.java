package io.portcullis.api;

import io.portcullis.dialect.Catalogue;
import io.portcullis.dialect.OperationSpec;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Problem.FieldError;
import io.portcullis.domain.error.Refused;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A person's browser at a page of our own: it calls operations by their names, with the rights of the request, as any route does.
 * On one virtual thread.
 */
public final class Visit {
    private final Map<String, Operation> operations;
    private final Call request; // without arguments
    private final Map<String, List<String>> query;
    private final Map<String, List<String>> form;
    private final List<String> setCookies;

    Visit(
            Map<String, Operation> operations,
            Call request,
            Map<String, List<String>> query,
            Map<String, List<String>> form) {
        this(operations, request.judgedOnce(), query, form, new ArrayList<>());
    }

    private Visit(
            Map<String, Operation> operations,
            Call request,
            Map<String, List<String>> query,
            Map<String, List<String>> form,
            List<String> setCookies) {
        this.operations = operations;
        this.request = request;
        this.query = query;
        this.form = form;
        this.setCookies = setCookies;
    }

    /**
     * What came of an operation.
     *
     * @param outcome its name in the catalogue
     */
    public record Came(String outcome, JsonObject values) {}

    /** A field of the form that was sent; empty where it is left out, blank, or cannot be read. */
    public Optional<String> field(String name) {
        return one(form, name);
    }

    /** A parameter of the query, likewise. */
    public Optional<String> parameter(String name) {
        return one(query, name);
    }

    private static Optional<String> one(Map<String, List<String>> values, String name) {
        return values.getOrDefault(name, List.of()).stream()
                .findFirst()
                .flatMap(UriText::decode)
                .filter(text -> !text.isBlank());
    }

    /** Whether the request has anything by which somebody could be known. */
    public boolean carriesCredential() {
        return request.carriesCredential() != Call.CarriedBy.NOTHING;
    }

    /** Whether a login is in progress in this browser, or was. */
    public boolean carriesLogin() {
        return request.loginToken().isPresent();
    }

    /** Calls an operation without arguments. */
    public Came call(String operation) {
        return call(operation, Map.of());
    }

    /**
     * Calls an operation.
     *
     * @param arguments by the names of the catalogue; empty ones are left out
     * @throws Refused {@code InvalidRequest} under the same names, or why the operation says no
     */
    public Came call(String operation, Map<String, Optional<String>> arguments) {
        var spec = Catalogue.OPERATIONS.find(operation).orElseThrow();
        var one = Objects.requireNonNull(operations.get(operation), "all are there");
        var reply = one.body().apply(request.with(checked(spec, arguments)));
        if (reply.content() instanceof Reply.Content.Released released) {
            setCookies.addAll(released.answer().values("Set-Cookie"));
        }
        setCookies.addAll(reply.setCookies());
        return switch (reply.content()) {
            case Reply.Content.Values values -> new Came(values.outcome(), values.values());
            case Reply.Content.Released released -> new Came(released.outcome(), released.values());
            case Reply.Content.Redirect redirect -> new Came("ledOn", new JsonObject());
        };
    }

    /**
     * This visit for the session alone: a login in progress that the browser has besides, perhaps of somebody else, is not looked at.
     * Cookies that it is to set are those of this one.
     */
    public Visit ofSession() {
        return new Visit(operations, request.withoutLogin(), query, form, setCookies);
    }

    private static Map<String, String> checked(OperationSpec spec, Map<String, Optional<String>> arguments) {
        var values = new HashMap<String, String>();
        var faults = new ArrayList<FieldError>();
        for (var parameter : spec.parameters().values()) {
            var given = arguments.getOrDefault(parameter.name(), Optional.empty());
            given.ifPresent(text -> parameter
                    .form()
                    .fault(text)
                    .ifPresentOrElse(
                            fault -> faults.add(new FieldError(parameter.name(), fault)),
                            () -> values.put(parameter.name(), text)));
            if (given.isEmpty() && parameter.required()) {
                faults.add(new FieldError(parameter.name(), "is missing"));
            }
        }
        if (!faults.isEmpty()) {
            throw new Refused(new Problem.InvalidRequest(faults));
        }
        return values;
    }

    /** One cookie more that the answer is to set, as a whole {@code Set-Cookie} value. */
    public void set(String cookie) {
        setCookies.add(cookie);
    }

    /** What the answer is to set, as whole {@code Set-Cookie} values; the backend's before ours. */
    public List<String> setCookies() {
        return List.copyOf(setCookies);
    }

    @Override
    public String toString() {
        return "Visit[hidden]";
    }
}
