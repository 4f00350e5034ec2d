package io.portcullis.adapter.legacy;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.Captures;
import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.CaptureSettings.Fields;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose password is tried, as the backend will read it. */
class JsonFormatTest {
    private static final CaptureSettings CAPTURE =
            Captures.capture(new Fields(false, "/user/email", "/user/password"), "/login", Captures.TOKEN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user\":{\"email\":\"a@b.c\",\"password\":\"x\"}}",
                "{\"email\":\"d@e.f\",\"user\":{\"email\":\"a@b.c\",\"password\":\"x\"},\"l\":[{\"a\":1},{\"a\":2}]}",
            })
    void theEmailAtItsPlace(String body) {
        assertThat(email(body)).contains("a@b.c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user\":{\"email\":\"a@b.c\",\"email\":\"d@e.f\"}}",
                "{\"user\":{\"email\":\"a@b.c\",\"Email\":\"d@e.f\"}}",
                "{\"user\":{\"email\":\"a@b.c\",\"\\u0065mail\":\"d@e.f\"}}",
                "{\"user\":{\"email\":\"d@e.f\"},\"user\":{\"email\":\"a@b.c\"}}",
                "{\"user\":{\"email\":\"d@e.f\"},\"USER\":{\"email\":\"a@b.c\"}}",
                "{\"user\":{\"email\":[\"a@b.c\"]}}",
                "{\"user\":{\"email\":\"a@b.c\"}} {}",
                "user.email=a@b.c",
                "",
            })
    void noneWhereTwoReadersCouldFindDifferentOnes(String body) {
        assertThat(email(body)).isEmpty();
    }

    @Test
    void noneInAnotherEncoding() {
        assertThat(new JsonFormat().email(CAPTURE, "{\"user\":{\"email\":\"a@b.c\"}}".getBytes(UTF_16)))
                .isEmpty();
    }

    private static Optional<String> email(String body) {
        return new JsonFormat().email(CAPTURE, body.getBytes(UTF_8));
    }
}
