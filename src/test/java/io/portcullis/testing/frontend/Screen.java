package io.portcullis.testing.frontend;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What a person sees of a frontend.
 *
 * @param message the text in the box on top
 * @param code what the frontend's own code switches on; empty after a success
 * @param marked the fields with a red frame, by the names that the frontend sent
 * @param attemptsLeft shown beside the field of the code
 */
public record Screen(Page page, String message, String code, List<String> marked, Optional<Integer> attemptsLeft) {
    static final Screen FIRST = new Screen(Page.LOGIN, "", "", List.of(), Optional.empty());

    Screen showing(Page next, String text) {
        return new Screen(next, text, "", List.of(), Optional.empty());
    }

    /** After an error; {@code text} is the one that this frontend shows. */
    Screen refused(JsonObject error, String text) {
        var fields = Optional.ofNullable(error.getJsonArray("fields")).stream()
                .flatMap(all -> all.stream().map(JsonObject.class::cast))
                .map(field -> field.getString("field"))
                .toList();
        return new Screen(
                Page.of(error.getString("action")).orElse(page),
                text,
                error.getString("code"),
                fields,
                Optional.ofNullable(error.getInteger("remainingAttempts")));
    }
}
