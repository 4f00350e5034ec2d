package io.portcullis.api;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.operator.Usage;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.stream.Stream;

/** The usage figures as JSON, over HTTP and on the command line. */
public final class UsageView {
    private UsageView() {}

    public static JsonObject json(Usage usage) {
        var accounts = new JsonObject();
        Stream.of(MfaState.values())
                .forEach(state -> accounts.put(state.name(), usage.accounts().getOrDefault(state, 0L)));
        var methods = new JsonObject();
        Stream.of(Method.values())
                .filter(usage.enabledByMethod()::containsKey)
                .forEach(method ->
                        methods.put(method.wire(), usage.enabledByMethod().get(method)));
        return new JsonObject()
                .put("accounts", accounts)
                .put("enabledByMethod", methods)
                .put("codesSent", usage.codesSent())
                .put("codesExpiredUnused", usage.codesExpiredUnused())
                .put("failures", usage.failures())
                .put("lockouts", usage.lockouts())
                .put("lockedNow", usage.lockedNow())
                .put("syncPending", usage.syncPending())
                .put(
                        "syncOldestSeconds",
                        usage.syncOldest().map(Duration::toSeconds).orElse(null));
    }
}
