package io.portcullis.api;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code assertionKeys}: the public keys by which backends verify {@code X-Auth-Assertion}. */
public final class AssertionOperations implements Operations {
    private final JsonObject jwks;

    /** {@code jwks}: a JWK set (RFC 7517, section 5). */
    public AssertionOperations(JsonObject jwks) {
        this.jwks = jwks.copy();
    }

    @Override
    public List<Operation> all() {
        return List.of(new Operation("assertionKeys", call -> Reply.of("published", jwks.copy())));
    }
}
