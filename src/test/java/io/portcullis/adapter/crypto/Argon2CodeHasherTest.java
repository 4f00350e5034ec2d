package io.portcullis.adapter.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class Argon2CodeHasherTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Argon2CodeHasher hasher = new Argon2CodeHasher("a pepper of some length", new HashThreads(2), RANDOM);

    @Test
    void matchesItsOwnHashAndNoOtherCode() {
        var hash = hasher.hash("AB2345-678901");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hasher.matches("AB2345-678901", hash)).isTrue();
        assertThat(hasher.matches("AB2345-678902", hash)).isFalse();
    }

    @Test
    void saltsEveryHash() {
        assertThat(hasher.hash("same")).isNotEqualTo(hasher.hash("same"));
    }

    @Test
    void doesNotMatchUnderAnotherPepper() {
        var other = new Argon2CodeHasher("another pepper, as long", new HashThreads(2), RANDOM);
        assertThat(other.matches("code", hasher.hash("code"))).isFalse();
    }

    @Test
    void refusesAHashOfAnotherKind() {
        assertThatThrownBy(() -> hasher.matches("code", "$2y$10$abcdefghijklmnopqrstuv"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAShortPepper() {
        assertThatThrownBy(() -> new Argon2CodeHasher("short", new HashThreads(2), RANDOM))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** RFC 9106, section 5.3: the library computes with a secret what the RFC says. */
    @Test
    void libraryComputesTheVectorOfTheRfc() {
        var parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(filled(16, 2))
                .withSecret(filled(8, 3))
                .withAdditional(filled(12, 4))
                .build();
        var generator = new Argon2BytesGenerator();
        generator.init(parameters);
        var tag = new byte[32];
        generator.generateBytes(filled(32, 1), tag);
        assertThat(HexFormat.of().formatHex(tag))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    private static byte[] filled(int length, int value) {
        var bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
