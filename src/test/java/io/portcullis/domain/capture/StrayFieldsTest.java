package io.portcullis.domain.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.Captures;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrayFieldsTest {
    private static final CaptureSettings LOGIN = Captures.capture(Captures.JSON, "/app/login", Captures.TOKEN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email=a",
                "x=1&EMAIL=a",
                "x=1;email=a",
                "%65mail=a",
                "user[email]=a",
                "user.email=a",
                "email[]=a",
                "%=email",
                "password",
                "a=b&pass%77ord=c"
            })
    void aFieldOfTheLoginIsFoundInEverySpelling(String query) {
        assertThat(StrayFields.named(LOGIN, query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "next=%2Fadmin", "error", "verify_email=1", "a=email", "x=password&y"})
    void anythingElseMayBeThere(String query) {
        assertThat(StrayFields.named(LOGIN, query)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"email=alice@example.com", "next=/"})
    void aLoginPageMayBeGivenAnEmail(String query) {
        assertThat(StrayFields.password(LOGIN, query)).isFalse();
        assertThat(StrayFields.password(LOGIN, query + "&password=x")).isTrue();
    }
}
