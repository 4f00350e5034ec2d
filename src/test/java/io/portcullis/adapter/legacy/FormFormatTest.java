package io.portcullis.adapter.legacy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.Captures;
import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.CaptureSettings.Fields;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose password is tried in a form, as the backend will read it. */
class FormFormatTest {
    private static final CaptureSettings PLAIN = Captures.capture(Captures.FORM, "/login", Captures.COOKIE);
    private static final CaptureSettings NESTED =
            Captures.capture(new Fields(true, "user[email]", "user[password]"), "/login", Captures.COOKIE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email=a%40b.c&password=x",
                "password=x&remember=0&remember=1&email=a@b.c",
                "e%6dail=a%40b.c&password=",
                "email=a%40b.c&&csrf",
            })
    void theFieldOfTheEmail(String body) {
        assertThat(email(PLAIN, body)).contains("a@b.c");
    }

    @Test
    void aPlusIsASpaceAndEscapesAreUtf8() {
        assertThat(email(PLAIN, "email=h%C3%A9+l%2Bo%40b.c")).contains("hé l+o@b.c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user[email]=a%40b.c&user[password]=x", "user%5Bemail%5D=a%40b.c&user%5bpassword%5d=x"})
    void aNameWithBrackets(String body) {
        assertThat(email(NESTED, body)).contains("a@b.c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email=a%40b.c&email=d%40e.f",
                "email=a%40b.c&email%00x=d%40e.f",
                "email=a%40b.c&[email]=d%40e.f",
                "email=a%40b.c&email]=d%40e.f",
                "email=a%40b.c&e.mail=d%40e.f",
                "email=a%40b.c&Email=d%40e.f",
                "email=a%40b.c&e%6Dail=d%40e.f",
                "email=a%40b.c&email[]=d%40e.f",
                "email=a%40b.c&email%5B0%5D=d%40e.f",
                "email=a%40b.c&+email=d%40e.f",
                "EMAIL=a%40b.c",
                "email=a%40b.c&x=%",
                "email=a%4",
                "email=a%zzb.c",
                "email=a%FFb.c",
                "email=a%C0%80b.c",
                "email=a%40b.c;email=d%40e.f",
                "email=",
                "email",
                "password=x",
                "",
                "{\"email\":\"a@b.c\"}",
            })
    void noneWhereTwoReadersCouldFindDifferentOnes(String body) {
        assertThat(email(PLAIN, body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user[email]=a%40b.c&user=d%40e.f",
                "user[email]=a%40b.c&user[email][]=d%40e.f",
                "user[email]=a%40b.c&user[email]x=d%40e.f",
                "user[email]=a%40b.c&[user][email]=d%40e.f",
                "user[email]=a%40b.c&user[email=d%40e.f",
                "user[email]=a%40b.c&user_email=d%40e.f",
            })
    void noneWhereBracketsCouldMeanSeveral(String body) {
        assertThat(email(NESTED, body)).isEmpty();
    }

    @Test
    void noneInAnotherEncoding() {
        assertThat(new FormFormat().email(PLAIN, "email=é@b.c".getBytes(ISO_8859_1)))
                .isEmpty();
    }

    @Test
    void ourOwnRequestIsReadBackAsItWasMeant() {
        var body = new FormFormat().request(NESTED, "a+b&c=d;%é@b.c", "&");
        assertThat(new FormFormat().email(NESTED, body)).contains("a+b&c=d;%é@b.c");
    }

    private static Optional<String> email(CaptureSettings capture, String body) {
        return new FormFormat().email(capture, body.getBytes(UTF_8));
    }
}
