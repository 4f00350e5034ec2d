package io.portcullis.testing.browser;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives browser tests what they ask for by parameters, and closes what they leave open. */
final class BrowserFixtures implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(BrowserFixtures.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type.equals(Chromium.class) || type.equals(BrowserGateway.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Chromium.class)
                ? context.getRoot()
                        .getStore(NAMESPACE)
                        .computeIfAbsent(Chromium.class, key -> Chromium.start(), Chromium.class)
                : context.getStore(NAMESPACE)
                        .computeIfAbsent(BrowserGateway.class, key -> BrowserGateway.start(), BrowserGateway.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var chromium = context.getRoot().getStore(NAMESPACE).get(Chromium.class, Chromium.class);
        if (chromium != null) {
            chromium.closeVisitors();
        }
    }
}
