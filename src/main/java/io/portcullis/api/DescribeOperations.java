package io.portcullis.api;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code describeApi}: what the gateway's own routes ask for and answer. */
public final class DescribeOperations implements Operations {
    private final Supplier<JsonObject> openApi;
    private @Nullable JsonObject made;

    /** {@code openApi}: a document of OpenAPI 3.1, made when somebody asks for it first; everybody may read it. */
    public DescribeOperations(Supplier<JsonObject> openApi) {
        this.openApi = openApi;
    }

    private synchronized JsonObject openApi() {
        if (made == null) {
            made = openApi.get();
        }
        return made;
    }

    @Override
    public List<Operation> all() {
        return List.of(new Operation("describeApi", call -> Reply.of("described", openApi())));
    }
}
