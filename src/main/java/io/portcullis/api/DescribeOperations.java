package io.portcullis.api;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code describeApi}: what the gateway's own routes ask for and answer. */
public final class DescribeOperations implements Operations {
    private final JsonObject openApi;

    /** {@code openApi}: a document of OpenAPI 3.1; everybody may read it. */
    public DescribeOperations(JsonObject openApi) {
        this.openApi = openApi.copy();
    }

    @Override
    public List<Operation> all() {
        return List.of(new Operation("describeApi", call -> Reply.of("described", openApi)));
    }
}
