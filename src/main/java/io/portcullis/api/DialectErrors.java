package io.portcullis.api;

import io.portcullis.dialect.Dialect;
import io.portcullis.dialect.Dialect.ErrorText;
import io.portcullis.dialect.Template.Phrase;
import io.portcullis.http.ErrorShape;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/** Errors as one dialect tells them: with texts and members of its own. */
record DialectErrors(Dialect dialect) implements ErrorShape {
    @Override
    public JsonObject shape(JsonObject body, Locale language) {
        var errors = dialect.errors();
        var error = body.getJsonObject("error");
        var texts = Optional.ofNullable(errors.texts().get(error.getString("code")));
        say(texts.flatMap(ErrorText::message), body, language);
        say(texts.flatMap(ErrorText::detail), error, language);
        var plain = body.copy();
        errors.members()
                .forEach(
                        (name, template) -> template.render(plain, language).ifPresent(value -> body.put(name, value)));
        return body;
    }

    private static void say(Optional<Phrase> phrase, JsonObject there, Locale language) {
        phrase.ifPresent(text -> there.put("message", text.in(language)));
    }
}
