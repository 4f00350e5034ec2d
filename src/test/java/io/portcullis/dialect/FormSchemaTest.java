package io.portcullis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.dialect.Parameter.Form;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.Validator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schema of a form says what the form says. */
class FormSchemaTest {
    private static final List<Object> VALUES = List.of(
            "",
            " ",
            "a",
            "123456",
            "123 456",
            " 12345678 ",
            "123456789",
            "12345",
            "ABCDEF-GHJKLM",
            "ABCD_1",
            "abcdefg!",
            "totp",
            "email",
            "recovery",
            "webauthn",
            "2026-03-01T10:00:00Z",
            "2026-03-01T10:00:00+01:00",
            "2026-03-01",
            "x".repeat(64),
            "x".repeat(65),
            "x".repeat(1024),
            "x".repeat(1025),
            "x".repeat(4096),
            "x".repeat(4097),
            true,
            false,
            0,
            -1,
            999_999_999,
            1_000_000_000L,
            999_999_999_999_999_999L,
            2_000_000_000_000_000_000L); // well above the largest: many validators count in doubles

    @ParameterizedTest
    @EnumSource
    void takesWhatTheFormTakes(Form form) {
        var options = new JsonSchemaOptions()
                .setBaseUri("https://portcullis.example/")
                .setDraft(Draft.DRAFT202012);
        var validator = Validator.create(JsonSchema.of(form.schema()), options);
        for (var value : VALUES) {
            boolean fits =
                    form.text(value).filter(text -> form.fault(text).isEmpty()).isPresent();
            assertThat(validator.validate(value).getValid()).as("%s", value).isEqualTo(fits);
        }
    }
}
