package io.portcullis.api;

import io.portcullis.domain.limits.Quota;
import io.portcullis.domain.login.LegacyAnswer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of an operation.
 *
 * @param setCookies whole {@code Set-Cookie} values
 * @param quotas what is left of the limits that the call counted for; the client is told
 */
record Reply(Content content, List<String> setCookies, List<Quota> quotas) {
    Reply {
        setCookies = List.copyOf(setCookies);
        quotas = List.copyOf(quotas);
    }

    sealed interface Content {
        /** An outcome of the catalogue with its values. */
        record Values(String outcome, JsonObject values) implements Content {}

        /** A browser is led on; {@code location} is absolute. */
        record Redirect(String location, int status) implements Content {}

        /** A legacy answer, released byte for byte, or its values in a dialect's shape. */
        record Released(LegacyAnswer answer, String outcome, JsonObject values) implements Content {}
    }

    static Reply of(String outcome, JsonObject values) {
        return new Reply(new Content.Values(outcome, values), List.of(), List.of());
    }

    /** There is nothing to tell. */
    static Reply of(String outcome) {
        return of(outcome, new JsonObject());
    }

    /** A browser goes on there. */
    static Reply redirect(String location) {
        return new Reply(new Content.Redirect(location, 302), List.of(), List.of());
    }

    /** A browser goes on there with a GET, whatever brought it here. */
    static Reply seeOther(String location) {
        return new Reply(new Content.Redirect(location, 303), List.of(), List.of());
    }

    static Reply released(LegacyAnswer answer, String outcome, JsonObject values) {
        return new Reply(new Content.Released(answer, outcome, values), List.of(), List.of());
    }

    /** Sets one cookie more. */
    Reply withCookie(String value) {
        return new Reply(
                content, Stream.concat(setCookies.stream(), Stream.of(value)).toList(), quotas);
    }

    Reply withQuotas(List<Quota> left) {
        return new Reply(content, setCookies, left);
    }
}
