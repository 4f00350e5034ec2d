package io.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.ErrorCode;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextsTest {
    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyCodeHasBothTextsInBothLanguages(ErrorCode code) {
        for (var kind : new String[] {".message", ".detail"}) {
            var english = Texts.get(Locale.ENGLISH, code.wire() + kind);
            var french = Texts.get(Locale.FRENCH, code.wire() + kind);
            assertThat(english).isNotBlank();
            assertThat(french).isNotBlank().isNotEqualTo(english);
        }
    }

    @Test
    void theTextsOf2faMandatoryAreThoseOfTheContract() {
        assertThat(Texts.get(Locale.ENGLISH, "2FA_MANDATORY.message")).isEqualTo("2FA is mandatory for admin accounts");
        assertThat(Texts.get(Locale.ENGLISH, "2FA_MANDATORY.detail"))
                .isEqualTo("Two-factor authentication is mandatory for all admin accounts. Please enable 2FA in your"
                        + " settings before accessing the admin dashboard.");
    }

    @Test
    void frenchLettersArriveWhole() {
        assertThat(Texts.get(Locale.FRENCH, "INVALID_REQUEST.message")).isEqualTo("Requête invalide");
    }

    @ParameterizedTest
    @CsvSource({
        "fr, fr",
        "FR, fr",
        "fr-CA, fr",
        "'fr-CA,fr;q=0.9,en;q=0.8', fr",
        "'de, fr;q=0.5', fr",
        "'en, fr', en",
        "'fr;q=0.2, en;q=0.8', en",
        "en-GB, en",
        "de, en",
        "'*', en",
        "'fr;q=0', en",
        "'fr;q=broken', en",
        "';;;', en",
        "'', en",
    })
    void theLanguageIsTheBestThatWeHaveElseEnglish(String acceptLanguage, String language) {
        assertThat(Texts.language(acceptLanguage).getLanguage()).isEqualTo(language);
    }

    @Test
    void noHeaderAndAnEndlessOneAreEnglish() {
        assertThat(Texts.language(null)).isEqualTo(Locale.ENGLISH);
        assertThat(Texts.language("fr," + "x".repeat(300))).isEqualTo(Locale.ENGLISH);
    }
}
