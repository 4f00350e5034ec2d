package io.portcullis.adapter.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryCodeHasherTest {
    /** {@code printf %s abcd-1234 | sha256sum}. */
    private static final String SHA256_HEX = "56f763b09645e6a984d3d6aad4be8b9cac55c0f491bf99b025932669e9eb25d6";

    private static final String SHA256_BASE64 = "VvdjsJZF5qmE09aq1L6LnKxVwPSRv5mwJZMmaenrJdY=";
    private static final String SHA256_BASE64_URL = "VvdjsJZF5qmE09aq1L6LnKxVwPSRv5mwJZMmaenrJdY";

    /** Of {@code abcd-1234}, made by crypt(3). */
    private static final String BCRYPT = "$2b$04$N9qo8uLOickgx2ZMRZoMye6TTCBUP7NmcEg7/nQ2d/F/PF9KXptJy";

    private static final RecoveryCodeHasher HASHER =
            new RecoveryCodeHasher("a pepper of some length", new HashThreads(2), new SecureRandom());

    /** SHA-256 of {@code abcd1234}. */
    private static final String ADOPTED_BARE =
            adopted("e9cee71ab932fde863338d08be4de9dfe39ea049bdafb342ce659ec5450b69ae");

    @Test
    void hashesAndMatchesByArgon2() {
        var hash = HASHER.hash("AB2345678901");
        assertThat(hash).startsWith("$argon2id$");
        assertThat(HASHER.matches("AB2345678901", hash)).isTrue();
        assertThat(HASHER.matches("AB2345678902", hash)).isFalse();
        assertThat(HASHER.matches(" AB2345678901", hash)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {SHA256_HEX, SHA256_BASE64, SHA256_BASE64_URL})
    void aSha256IsStoredUnderASlowHashOnly(String foreign) {
        var stored = adopted(foreign);
        assertThat(stored).startsWith("sha256+$argon2id$v=19$").doesNotContainIgnoringCase(SHA256_HEX);
        assertThat(HASHER.matches("abcd-1234", stored)).isTrue();
        assertThat(HASHER.matches("abcd-1235", stored)).isFalse();
        assertThat(new RecoveryCodeHasher("another pepper, as long", new HashThreads(2), new SecureRandom())
                        .matches("abcd-1234", stored))
                .isFalse();
    }

    @Test
    void aSha256InUpperCaseIsTheSame() {
        assertThat(HASHER.matches("abcd-1234", adopted(SHA256_HEX.toUpperCase(java.util.Locale.ROOT))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void bcryptIsKeptAsItIs(String version) {
        var foreign = version + BCRYPT.substring(4);
        assertThat(adopted(foreign)).isEqualTo(foreign);
        assertThat(HASHER.matches("abcd-1234", foreign)).isTrue();
        assertThat(HASHER.matches("abcd-1235", foreign)).isFalse();
    }

    /** The hashes are those of {@code abcd1234}. */
    @ParameterizedTest
    @CsvSource({
        "abcd1234, true",
        "' abcd1234\t', true",
        "abcd-1234, true",
        "ab cd 12 34, true",
        "ABCD-1234, true",
        "abcd_1234, false",
        "abc, false",
    })
    void peopleMayTypeSpacesHyphensAndCapitals(String typed, boolean right) {
        assertThat(HASHER.matches(typed, ADOPTED_BARE)).isEqualTo(right);
        assertThat(HASHER.matches(typed, "$2b$04$N9qo8uLOickgx2ZMRZoMyeyUMFyAbjAjJ7ZV3qouS.dNNaI7MH8Ie"))
                .isEqualTo(right);
    }

    @Test
    void behindAnExpensiveBcryptACodeIsTakenAsTypedOnly() {
        var expensive = "$2b$11$N9qo8uLOickgx2ZMRZoMyebJvuIDg5VyENSqRRX9.BeASqr2MyjEW";
        assertThat(HASHER.matches(" abcd1234", expensive)).isTrue();
        assertThat(HASHER.matches("abcd-1234", expensive)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "$2b$15$0123456789012345678901uJ9n1c1v3pOgQ1x8Fz1yWmGkXqYwZ3K5a",
                "$2b$03$0123456789012345678901uJ9n1c1v3pOgQ1x8Fz1yWmGkXqYwZ3K5a",
                "$2x$10$0123456789012345678901uJ9n1c1v3pOgQ1x8Fz1yWmGkXqYwZ3K5a",
                "$2b$10$short",
                "5f4dcc3b5aa765d61d8327deb882cf99",
                "pbkdf2_sha256$600000$salt$hash",
                "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA",
            })
    void otherHashesAreRefusedWithoutRepeatingThem(String foreign) {
        assertThatThrownBy(() -> ForeignCodeHash.parse(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("012345678901");
    }

    @Test
    void aDamagedStoreIsABug() {
        assertThatThrownBy(() -> HASHER.matches("code", "sha256")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printThemselvesHidden() {
        assertThat(HASHER).hasToString("RecoveryCodeHasher[hidden]");
        assertThat(ForeignCodeHash.parse(BCRYPT)).hasToString("ForeignCodeHash[hidden]");
    }

    private static String adopted(String foreign) {
        return HASHER.adopt(ForeignCodeHash.parse(foreign));
    }
}
