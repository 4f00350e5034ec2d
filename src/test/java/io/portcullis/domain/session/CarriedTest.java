package io.portcullis.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarriedTest {
    private static final Fingerprint ONE = Carried.cookie("S", "s:ab c/1").fingerprint();

    @ParameterizedTest
    @ValueSource(strings = {"s%3Aab%20c%2f1", "s%3aab+c%2F1", "%73:ab c/1", "s%253Aab%2520c%252F1", "\"s:ab c/1\""})
    void everySpellingOfACookieIsTheSameCredential(String spelling) {
        assertThat(Carried.cookie("S", spelling).fingerprint()).isEqualTo(ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s:ab c/2", "S:ab c/1", "s:ab c/1%", "%", "%zz"})
    void anotherCookieIsAnother(String other) {
        assertThat(Carried.cookie("S", other).fingerprint()).isNotEqualTo(ONE);
    }

    @Test
    void aBearerHasOneSpelling() {
        assertThat(Carried.bearer("a%62").fingerprint())
                .isNotEqualTo(Carried.bearer("ab").fingerprint());
    }
}
