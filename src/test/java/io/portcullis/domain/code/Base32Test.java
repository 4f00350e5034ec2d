package io.portcullis.domain.code;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base32Test {
    /** RFC 4648, section 10. */
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "f, MY======",
        "fo, MZXQ====",
        "foo, MZXW6===",
        "foob, MZXW6YQ=",
        "fooba, MZXW6YTB",
        "foobar, MZXW6YTBOI======",
    })
    void theVectorsOfTheRfc(String plain, String encoded) {
        assertThat(Base32.encode(plain.getBytes(US_ASCII))).isEqualTo(encoded.replace("=", ""));
        assertThat(Base32.decode(encoded)).isEqualTo(plain.getBytes(US_ASCII));
        assertThat(Base32.decode(encoded.replace("=", ""))).isEqualTo(plain.getBytes(US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mzxw 6ytb oi", "MZXW-6YTB-OI", "\tMzXw6YtBoI==\n"})
    void isReadAsPeopleCopyIt(String copied) {
        assertThat(Base32.decode(copied)).isEqualTo("foobar".getBytes(US_ASCII));
    }

    @Test
    void everyByteSurvives() {
        var bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        assertThat(Base32.decode(Base32.encode(bytes))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MZXW0", "MZXW1", "MZXW8", "MZXW9", "MZXW!", "MZXWé"})
    void otherLettersAreRefused(String text) {
        assertThatThrownBy(() -> Base32.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
