package io.portcullis.api;

import io.portcullis.domain.login.LegacyAnswer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What came of an operation; {@code setCookie} is a whole {@code Set-Cookie} value. */
record Reply(Content content, Optional<String> setCookie) {
    sealed interface Content {
        record Values(JsonObject values) implements Content {}

        record Nothing() implements Content {}

        /** A legacy answer, released byte for byte. */
        record Released(LegacyAnswer answer) implements Content {}
    }

    static Reply of(JsonObject values) {
        return new Reply(new Content.Values(values), Optional.empty());
    }

    static Reply nothing() {
        return new Reply(new Content.Nothing(), Optional.empty());
    }

    static Reply released(LegacyAnswer answer) {
        return new Reply(new Content.Released(answer), Optional.empty());
    }

    Reply withCookie(String value) {
        return new Reply(content, Optional.of(value));
    }
}
