package io.portcullis.domain.code;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.code.TotpSettings.Algorithm;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpKeyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:10Z");
    private static final long STEP = NOW.getEpochSecond() / 30;
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final TotpKey key = TotpKey.of(SECRET, TotpSettings.DEFAULTS);

    /** RFC 6238, Appendix B; the keys are the ones of its reference implementation, as long as the hash. */
    @ParameterizedTest
    @CsvSource({
        "59, SHA1, 94287082",
        "59, SHA256, 46119246",
        "59, SHA512, 90693936",
        "1111111109, SHA1, 07081804",
        "1111111109, SHA256, 68084774",
        "1111111109, SHA512, 25091201",
        "1111111111, SHA1, 14050471",
        "1111111111, SHA256, 67062674",
        "1111111111, SHA512, 99943326",
        "1234567890, SHA1, 89005924",
        "1234567890, SHA256, 91819424",
        "1234567890, SHA512, 93441116",
        "2000000000, SHA1, 69279037",
        "2000000000, SHA256, 90698825",
        "2000000000, SHA512, 38618901",
        "20000000000, SHA1, 65353130",
        "20000000000, SHA256, 77737706",
        "20000000000, SHA512, 47863826",
    })
    void theVectorsOfTheRfc(long second, Algorithm algorithm, String code) {
        int length = switch (algorithm) {
            case SHA1 -> 20;
            case SHA256 -> 32;
            case SHA512 -> 64;
        };
        var secret = "1234567890".repeat(7).substring(0, length).getBytes(US_ASCII);
        var settings = new TotpSettings(algorithm, 8, Duration.ofSeconds(30), 1, true);
        var now = Instant.ofEpochSecond(second);
        var rfcKey = TotpKey.of(Base32.encode(secret), settings);
        assertThat(rfcKey.code(now)).isEqualTo(code);
        assertThat(rfcKey.matchingStep(code, now, 0)).hasValue(second / 30);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1})
    void theStepNowAndTheOnesBesideItAreAccepted(long offset) {
        assertThat(key.matchingStep(codeOf(offset), NOW, 1)).hasValue(STEP + offset);
    }

    @ParameterizedTest
    @ValueSource(longs = {-10, -3, -2, 2, 3, 10})
    void noOtherStepIs(long offset) {
        assertThat(key.matchingStep(codeOf(offset), NOW, 1)).isEmpty();
    }

    @Test
    void aStepEndsToTheSecond() {
        var start = Instant.ofEpochSecond(STEP * 30);
        assertThat(key.code(start.plusSeconds(30).minusMillis(1))).isEqualTo(key.code(start));
        assertThat(key.code(start.plusSeconds(30))).isNotEqualTo(key.code(start));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "12345", "1234567", "abcdef", "١٢٣٤٥٦"})
    void whatIsNoCodeMatchesNothing(String text) {
        assertThat(key.matchingStep(text, NOW, 1)).isEmpty();
    }

    @Test
    void aNewSecretHas160BitAndIsAnotherEachTime() {
        var one = TotpKey.random(new SecureRandom(), TotpSettings.DEFAULTS);
        var other = TotpKey.random(new SecureRandom(), TotpSettings.DEFAULTS);
        assertThat(Base32.decode(one.base32())).hasSize(20);
        assertThat(one.base32()).isNotEqualTo(other.base32());
    }

    @Test
    void theUrlSaysAllThatAnAppNeedsWithSpacesAsPercent20() {
        assertThat(key.otpauthUrl("SynergyCon Admin", "ann+1@exämple.com"))
                .isEqualTo("otpauth://totp/SynergyCon%20Admin:ann%2B1%40ex%C3%A4mple.com?secret=" + SECRET
                        + "&issuer=SynergyCon%20Admin&algorithm=SHA1&digits=6&period=30");
    }

    @Test
    void theUrlKeepsWhatANameCouldAddToIt() {
        assertThat(key.otpauthUrl("A&B", "x?secret=AAAA&y#z:/"))
                .startsWith("otpauth://totp/A%26B:x%3Fsecret%3DAAAA%26y%23z%3A%2F?secret=" + SECRET + "&issuer=A%26B&");
    }

    @Test
    void aStoredKeyComesBackWithTheParametersItWasMadeFor() {
        var settings = new TotpSettings(Algorithm.SHA512, 8, Duration.ofSeconds(60), 2, true);
        var made = TotpKey.of(SECRET, settings);
        var back = TotpKey.fromStored(made.stored());
        assertThat(made.stored()).isEqualTo("SHA512/8/60/" + SECRET);
        assertThat(back.code(NOW)).isEqualTo(made.code(NOW)).hasSize(8);
        assertThat(back.period()).isEqualTo(Duration.ofSeconds(60));
        assertThat(back.stored()).isEqualTo(made.stored());
    }

    @Test
    void printsItselfHidden() {
        assertThat(key.toString()).doesNotContain(SECRET);
    }

    private String codeOf(long offset) {
        return key.code(NOW.plusSeconds(30 * offset));
    }
}
