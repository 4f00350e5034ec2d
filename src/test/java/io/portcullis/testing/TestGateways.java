package io.portcullis.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests their {@link TestGateway}: one for all of a JVM, where each test is about people of its own; or, with
 * {@link OwnRealm}, a new one.
 */
public final class TestGateways implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(TestGateways.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(TestGateway.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean own = parameter.isAnnotated(OwnRealm.class);
        var store = own ? context.getStore(NAMESPACE) : context.getRoot().getStore(NAMESPACE);
        // Keys of their own: a store that has nothing asks that of its parent.
        var gateway = store.computeIfAbsent(own ? "own" : "shared", key -> TestGateway.start(), TestGateway.class);
        gateway.reset();
        // The shared one runs beside it on the same tables: what is due there is not of days to come.
        var shared = context.getRoot().getStore(NAMESPACE).get("shared", TestGateway.class);
        if (shared != null) {
            shared.reset();
        }
        return gateway;
    }
}
