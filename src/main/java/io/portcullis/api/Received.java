package io.portcullis.api;

import io.portcullis.dialect.Source;
import io.portcullis.domain.error.Refused;
import io.portcullis.http.CredentialReader;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a request brings, looked up by place.
 *
 * @param path values of the route's template, undecoded
 * @param query undecoded; names that no place asks for are passed over
 * @param form undecoded fields
 */
record Received(
        MultiMap headers,
        Map<String, String> path,
        Map<String, List<String>> query,
        JsonObject json,
        Map<String, List<String>> form) {
    private static final String MALFORMED = "must be percent-encoded UTF-8 without control characters";

    /** What is at a place. */
    sealed interface Found {
        record Nothing() implements Found {}

        /** Of a place where everything is a text. */
        record Text(String text) implements Found {}

        /** Of a place where a value has a type. */
        record Json(Object value) implements Found {}

        /** What cannot be read, in words that follow the place's name. */
        record Faulty(String fault) implements Found {}
    }

    private static final Found NOTHING = new Found.Nothing();

    Found at(Source source) {
        return switch (source) {
            case Source.Body body -> {
                var value = JsonPointer.from(body.pointer()).queryJson(json);
                yield value == null ? NOTHING : new Found.Json(value);
            }
            case Source.Form field -> singleDecoded(form.getOrDefault(field.name(), List.of()));
            case Source.Path place ->
                Optional.ofNullable(path.get(place.name()))
                        .map(Received::decoded)
                        .orElse(NOTHING);
            case Source.Query parameter -> singleDecoded(query.getOrDefault(parameter.name(), List.of()));
            case Source.Header header -> single(headers.getAll(header.name()));
            case Source.Cookie cookie -> cookie(cookie.name());
            case Source.Bearer bearer ->
                CredentialReader.bearer(headers).<Found>map(Found.Text::new).orElse(NOTHING);
        };
    }

    private static Found single(List<String> values) {
        return switch (values.size()) {
            case 0 -> NOTHING;
            case 1 -> new Found.Text(values.getFirst());
            default -> new Found.Faulty("is given more than once");
        };
    }

    private static Found singleDecoded(List<String> values) {
        return single(values) instanceof Found.Text raw ? decoded(raw.text()) : single(values);
    }

    private Found cookie(String name) {
        try {
            return CredentialReader.one(headers, name)
                    .<Found>map(Found.Text::new)
                    .orElse(NOTHING);
        } catch (Refused twice) {
            return new Found.Faulty("is given more than once");
        }
    }

    private static Found decoded(String text) {
        return UriText.decode(text).<Found>map(Found.Text::new).orElseGet(() -> new Found.Faulty(MALFORMED));
    }

    @Override
    public String toString() {
        return "Received[hidden]";
    }
}
