package io.portcullis.http;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** What a dialect makes of the body of an error: other texts, further members. What every error has stays. */
public interface ErrorShape {
    ErrorShape PLAIN = (body, language) -> body;

    JsonObject shape(JsonObject body, Locale language);
}
