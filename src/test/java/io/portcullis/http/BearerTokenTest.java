package io.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "bearer abc", "BEARER    abc"})
    void isTheTokenWhateverTheLetterCaseOfItsScheme(String authorization) {
        assertThat(BearerToken.in(authorization)).isEqualTo("abc");
    }

    @Test
    void hasEveryCharacterOfAToken() {
        assertThat(BearerToken.in("Bearer aZ09-._~+/==")).isEqualTo("aZ09-._~+/==");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer  ",
                "Bearer ==",
                "Bearerabc",
                "Basic abc",
                "Bearer a b",
                "Bearer a=b",
                "Bearer a,b",
                "Bearer abc ",
                "Bearer\tabc",
                " Bearer abc",
                "Bearer \u00e4"
            })
    void nothingElseIsOne(String authorization) {
        assertThat(BearerToken.in(authorization)).isNull();
    }
}
