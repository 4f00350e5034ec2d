package io.portcullis.adapter.legacy;

import io.portcullis.domain.login.CaptureSettings;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.domain.login.LegacyFormat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.Optional;

/** A legacy login that speaks JSON both ways. */
public final class JsonFormat implements LegacyFormat {
    @Override
    public Optional<String> email(CaptureSettings capture, byte[] requestBody) {
        return parse(requestBody)
                .filter(body -> !JsonMembers.repeated(requestBody))
                .flatMap(body -> text(body, capture.email()));
    }

    @Override
    public byte[] request(CaptureSettings capture, String email, String password) {
        var body = new JsonObject();
        JsonPointer.from(capture.email()).writeJson(body, email, true);
        JsonPointer.from(capture.password()).writeJson(body, password, true);
        return body.toBuffer().getBytes();
    }

    @Override
    public Optional<HandedOut> handedOut(CaptureSettings capture, LegacyAnswer answer) {
        var body = parse(answer.body());
        var user = capture.user().orElse("");
        return body.flatMap(json -> text(json, capture.token()))
                .map(token -> new HandedOut(
                        token,
                        body.flatMap(json -> text(json, user + "/id")),
                        body.flatMap(json -> text(json, user + "/email")),
                        body.flatMap(json -> text(json, user + "/role"))));
    }

    private static Optional<JsonObject> parse(byte[] body) {
        try {
            return Optional.of(new JsonObject(Buffer.buffer(body)));
        } catch (DecodeException | ClassCastException notAnObject) {
            return Optional.empty();
        }
    }

    /** A text, or a whole number as legacy ids often are. */
    private static Optional<String> text(JsonObject body, String pointer) {
        var value = JsonPointer.from(pointer).queryJson(body);
        boolean text = value instanceof String && !value.equals("");
        boolean wholeNumber = value instanceof Integer || value instanceof Long;
        return text || wholeNumber ? Optional.of(String.valueOf(value)) : Optional.empty();
    }
}
