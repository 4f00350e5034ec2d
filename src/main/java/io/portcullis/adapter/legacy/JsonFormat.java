package io.portcullis.adapter.legacy;

import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.LegacyFormat;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.Optional;

/** A legacy login that is asked in JSON. */
final class JsonFormat implements LegacyFormat {
    @Override
    public Optional<String> email(CaptureSettings capture, byte[] requestBody) {
        return JsonBody.parse(requestBody)
                .filter(body -> !JsonMembers.repeated(requestBody))
                .flatMap(body -> JsonBody.text(body, capture.fields().email()));
    }

    @Override
    public byte[] request(CaptureSettings capture, String email, String password) {
        var body = new JsonObject();
        JsonPointer.from(capture.fields().email()).writeJson(body, email, true);
        JsonPointer.from(capture.fields().password()).writeJson(body, password, true);
        return body.toBuffer().getBytes();
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public String accept() {
        return "application/json";
    }
}
