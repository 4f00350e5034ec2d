package io.portcullis.adapter.legacy;

import io.portcullis.domain.capture.AnswerBody;
import io.portcullis.domain.login.LegacyAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bodies of the legacy backend that are JSON objects. */
public final class JsonBody implements AnswerBody {
    @Override
    public Optional<String> text(LegacyAnswer answer, String pointer) {
        return parse(answer.body()).flatMap(body -> text(body, pointer));
    }

    @Override
    public Optional<String> value(LegacyAnswer answer, String pointer) {
        return parse(answer.body())
                .flatMap(body -> at(body, pointer) instanceof Boolean truth
                        ? Optional.of(truth.toString())
                        : text(body, pointer));
    }

    static Optional<JsonObject> parse(byte[] body) {
        try {
            return Optional.of(new JsonObject(Buffer.buffer(body)));
        } catch (DecodeException | ClassCastException notAnObject) {
            return Optional.empty();
        }
    }

    /** A text, or a whole number as legacy ids often are. */
    static Optional<String> text(JsonObject body, String pointer) {
        var value = at(body, pointer);
        boolean text = value instanceof String && !value.equals("");
        boolean wholeNumber = value instanceof Integer || value instanceof Long;
        return text || wholeNumber ? Optional.of(String.valueOf(value)) : Optional.empty();
    }

    private static @Nullable Object at(JsonObject body, String pointer) {
        return JsonPointer.from(pointer).queryJson(body);
    }
}
