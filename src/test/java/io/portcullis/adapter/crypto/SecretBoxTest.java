package io.portcullis.adapter.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretBoxTest {
    private static final byte[] SECRET = "the secret".getBytes(UTF_8);
    private static final byte[] PLACE = AssociatedData.of("admin", "1", "totp_key");

    private final SecretBox box = SecretBox.of(Keysets.create());

    @Test
    void opensWhatItSealed() {
        assertThat(box.open(box.seal(SECRET, PLACE), PLACE)).isEqualTo(SECRET);
    }

    @Test
    void opensAfterARestartWithTheSameKeyset() {
        var keyset = Keysets.create();
        var sealed = SecretBox.of(keyset).seal(SECRET, PLACE);
        assertThat(SecretBox.of(keyset).open(sealed, PLACE)).isEqualTo(SECRET);
    }

    @Test
    void refusesAnotherPlace() {
        var sealed = box.seal(SECRET, PLACE);
        assertThatThrownBy(() -> box.open(sealed, AssociatedData.of("admin", "2", "totp_key")))
                .isInstanceOf(SecretBox.SealBroken.class);
    }

    @Test
    void refusesAnotherKeyset() {
        var sealed = box.seal(SECRET, PLACE);
        assertThatThrownBy(() -> SecretBox.of(Keysets.create()).open(sealed, PLACE))
                .isInstanceOf(SecretBox.SealBroken.class);
    }

    @Test
    void refusesAChangedByte() {
        var sealed = box.seal(SECRET, PLACE);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> box.open(sealed, PLACE)).isInstanceOf(SecretBox.SealBroken.class);
    }

    @Test
    void placesCannotBeConfusedByMovingABorder() {
        assertThat(AssociatedData.of("ab", "c")).isNotEqualTo(AssociatedData.of("a", "bc"));
        assertThat(AssociatedData.of("a", "", "b")).isNotEqualTo(AssociatedData.of("a", "b", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hunter2hunter2", "{}", "[]", "{\"primaryKeyId\": 1, \"key\": []}", "null"})
    void refusesATextThatIsNoKeysetWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> SecretBox.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keyset")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void printsItselfHidden() {
        assertThat(box).hasToString("SecretBox[hidden]");
    }
}
