package io.portcullis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.dialect.Parameter.Form;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterTest {
    @ParameterizedTest
    @CsvSource({
        "FLAG, false, true",
        "FLAG, yes, false",
        "NUMBER, 0, true",
        "NUMBER, 999999999, true",
        "NUMBER, 1000000000, false",
        "NUMBER, -1, false",
        "NUMBER, '', false",
        "NUMBER, \u0661, false",
        "ID, aZ0-_, true",
        "ID, a.b, false",
        "ID, '', false",
        "INSTANT, 2026-03-01T10:00:00.123456Z, true",
        "INSTANT, 2026-03-01T10:00:00+02:00, true",
        "INSTANT, 2026-03-01, false",
        "INSTANT, 2026-13-01T10:00:00Z, false",
        "INSTANT, +10000-01-01T00:00:00Z, false",
        "INSTANT, -2026-01-01T00:00:00Z, false",
    })
    void eachFormHasItsTexts(Form form, String text, boolean fits) {
        assertThat(form.fault(text).isEmpty()).isEqualTo(fits);
    }
}
