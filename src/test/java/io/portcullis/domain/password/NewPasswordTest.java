package io.portcullis.domain.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewPasswordTest {
    private static final String EMAIL = "Some.Body@example.com";

    @ParameterizedTest
    @ValueSource(strings = {"horse-12", "eight 8 ", "パスワードは長い", "🐎🐎🐎🐎🐎🐎🐎🐎"})
    void eightCharactersOfAnyKindDo(String password) {
        assertThat(NewPassword.of(password, EMAIL).text()).isEqualTo(password);
    }

    @Test
    void soDoTwoHundredAndFiftySix() {
        assertThat(NewPassword.of("x".repeat(256), EMAIL).text()).hasSize(256);
        refused("x".repeat(257), "8 to 256");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "horse-1 | 8 to 256",
                "🐎🐎🐎🐎 | 8 to 256",
                "PassWord123 | tries first",
                "12345678 | tries first",
                "some.body@EXAMPLE.com | e-mail",
                "Some.Body | e-mail",
            })
    void whatIsShortOrCommonOrTheEmailWillNotDo(String password, String why) {
        refused(password, why);
    }

    private static void refused(String password, String why) {
        assertThatThrownBy(() -> NewPassword.of(password, EMAIL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void itIsTheSameFromEveryKeyboard() {
        assertThat(NewPassword.of("cafe\u0301 au lait", EMAIL).text()).isEqualTo("caf\u00e9 au lait");
        assertThat(NewPassword.of("horse-12345", EMAIL)).hasToString("NewPassword[hidden]");
    }
}
