package io.portcullis.api;

import io.portcullis.domain.mfa.SendCode;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The public form of a code on its way. */
final class SentView {
    private SentView() {}

    static Reply reply(SendCode.Sent sent) {
        return Reply.of("codeSent", json(sent)).withQuotas(List.of(sent.quota()));
    }

    static JsonObject json(SendCode.Sent sent) {
        return new JsonObject()
                .put("sent", true)
                .put("destination", sent.destination())
                .put("expiresIn", sent.expiresIn().toSeconds())
                .put("resendAfter", sent.resendAfter().toSeconds());
    }
}
