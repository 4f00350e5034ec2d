package io.portcullis.domain.mfa;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Accounts of which something happens right before each change, after all that was read for it. */
final class LateAccounts {
    private LateAccounts() {}

    static Accounts of(Accounts accounts, Runnable beforeEachChange) {
        return (Accounts) Proxy.newProxyInstance(
                LateAccounts.class.getClassLoader(), new Class<?>[] {Accounts.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("change")) {
                        beforeEachChange.run();
                    }
                    try {
                        return method.invoke(accounts, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
