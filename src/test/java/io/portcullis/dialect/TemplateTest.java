package io.portcullis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a template makes of the values of {@code me}. */
class TemplateTest {
    private static final JsonObject VALUES = new JsonObject()
            .put("user", new JsonObject().put("id", "7").putNull("email").put("twoFAEnabled", true))
            .put(
                    "mfa",
                    new JsonObject()
                            .put("methods", JsonArray.of("totp", "email"))
                            .put("recoveryCodesRemaining", 9))
            .put("session", new JsonObject().put("amr", new JsonArray()));

    @TempDir
    Path folder;

    private Template template(String body) {
        var yaml = "name: own\nbase: /own\ntexts: { hello: { en: Hello, fr: Bonjour }, bye: { en: Bye } }\nroutes:\n"
                + "  - { method: GET, path: /a, operation: me, answers: { me: { body: " + body + " } } }\n";
        return DialectFiles.answer(folder, yaml, "me").body().orElseThrow();
    }

    private String rendered(String body, Locale language) {
        return template(body).render(VALUES, language).map(Json::encode).orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ id: $user.id } | {\"id\":\"7\"}",
                "{ a: { b: [{ c: $user.id }, $mfa.recoveryCodesRemaining] } } | {\"a\":{\"b\":[{\"c\":\"7\"},9]}}",
                "{ z: 1, a: 2 } | {\"z\":1,\"a\":2}",
                "{ on: $user.twoFAEnabled, all: $mfa.methods } | {\"on\":true,\"all\":[\"totp\",\"email\"]}",
                "{ user: $user } | {\"user\":{\"id\":\"7\",\"email\":null,\"twoFAEnabled\":true}}",
                // absent: a member of what is there, an item of a list, the whole
                "{ role: $user.role, id: $user.id } | {\"id\":\"7\"}",
                "[$user.role, $user.id] | [\"7\"]",
                "$user.role | nothing",
                "{ user: { role: $user.role } } | {\"user\":{}}",
                // null is what an operation says, and stays
                "{ mail: $user.email } | {\"mail\":null}",
                "[$user.email] | [null]",
                "{ first: $mfa.methods.0, second: $mfa.methods.1, third: $mfa.methods.2 } | {\"first\":\"totp\",\"second\":\"email\"}",
                "{ none: $session.amr.0 } | {}",
                "{ price: $$5, twice: $$$, plain: a$b } | {\"price\":\"$5\",\"twice\":\"$$\",\"plain\":\"a$b\"}",
                "{ t: yes, b: true, n: 7, neg: -3, f: 1.5, big: 123456789012345678901, e: 1e2, s: \"7\" }"
                        + " | {\"t\":\"yes\",\"b\":true,\"n\":7,\"neg\":-3,\"f\":1.5,\"big\":123456789012345678901,\"e\":100,\"s\":\"7\"}",
                "$user.id | \"7\"",
                "plain | \"plain\"",
                "{} | {}",
                "[] | []",
            })
    void isFilledIn(String body, String json) {
        assertThat(rendered(body, Locale.ENGLISH)).isEqualTo(json);
    }

    @Test
    void aTextIsInTheLanguageAskedForElseInEnglish() {
        var body = "{ a: $text.hello, b: $text.bye }";
        assertThat(rendered(body, Locale.ENGLISH)).isEqualTo("{\"a\":\"Hello\",\"b\":\"Bye\"}");
        assertThat(rendered(body, Locale.FRENCH)).isEqualTo("{\"a\":\"Bonjour\",\"b\":\"Bye\"}");
        assertThat(rendered(body, Locale.GERMAN)).isEqualTo("{\"a\":\"Hello\",\"b\":\"Bye\"}");
    }

    @Test
    void whatItMakesDependsOnTheLanguageWhereATextIs() {
        assertThat(template("{ a: [{ b: $text.hello }] }").speaks()).isTrue();
        assertThat(template("{ a: [{ b: $user.id, c: text }] }").speaks()).isFalse();
    }

    @Test
    void aPlaceThatHoldsNoJsonGetsTheTextOfOneValue() {
        assertThat(template("$mfa.recoveryCodesRemaining").text(VALUES, Locale.ENGLISH))
                .contains("9");
        assertThat(template("$text.hello").text(VALUES, Locale.FRENCH)).contains("Bonjour");
        assertThat(template("$user.role").text(VALUES, Locale.ENGLISH)).isEqualTo(Optional.empty());
        assertThat(template("$user.email").text(VALUES, Locale.ENGLISH)).isEqualTo(Optional.empty());
    }
}
