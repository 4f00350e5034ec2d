package io.portcullis.api;

import io.portcullis.domain.limits.Quota;
import io.portcullis.domain.login.LegacyAnswer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What came of an operation.
 *
 * @param setCookie a whole {@code Set-Cookie} value
 * @param quotas what is left of the limits that the call counted for; the client is told
 */
record Reply(Content content, Optional<String> setCookie, List<Quota> quotas) {
    Reply {
        quotas = List.copyOf(quotas);
    }

    sealed interface Content {
        record Values(JsonObject values) implements Content {}

        record Nothing() implements Content {}

        /** A legacy answer, released byte for byte. */
        record Released(LegacyAnswer answer) implements Content {}
    }

    static Reply of(JsonObject values) {
        return new Reply(new Content.Values(values), Optional.empty(), List.of());
    }

    static Reply nothing() {
        return new Reply(new Content.Nothing(), Optional.empty(), List.of());
    }

    static Reply released(LegacyAnswer answer) {
        return new Reply(new Content.Released(answer), Optional.empty(), List.of());
    }

    Reply withCookie(String value) {
        return new Reply(content, Optional.of(value), quotas);
    }

    Reply withQuotas(List<Quota> left) {
        return new Reply(content, setCookie, left);
    }
}
