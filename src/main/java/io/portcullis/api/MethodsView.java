package io.portcullis.api;

import io.portcullis.domain.account.Method;
import io.vertx.core.json.JsonArray;
import java.util.Set;

/** {@code methods}, in the order in which a frontend offers them. */
final class MethodsView {
    private MethodsView() {}

    static JsonArray json(Set<Method> methods) {
        return new JsonArray(methods.stream().sorted().map(Method::wire).toList());
    }
}
