package io.portcullis.adapter.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AesGcmParameters;
import io.portcullis.adapter.crypto.Keysets.KeyInfo;
import io.portcullis.adapter.crypto.Keysets.Use;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysetsTest {
    private static final byte[] SECRET = "the secret".getBytes(UTF_8);
    private static final byte[] PLACE = AssociatedData.of("admin", "1");

    private final String first = Keysets.create();

    @Test
    void aRotatedKeysetSealsByANewKeyAndOpensWhatTheOldOneSealed() {
        var rotated = Keysets.rotate(first);
        assertThat(uses(rotated)).containsExactly(Use.OLD, Use.PRIMARY);
        assertThat(ids(rotated)).startsWith(ids(first).getFirst()).doesNotHaveDuplicates();
        assertThat(open(rotated, seal(first))).isEqualTo(SECRET);
        assertThatThrownBy(() -> open(first, seal(rotated))).isInstanceOf(SecretBox.SealBroken.class);
    }

    @Test
    void aPreparedKeyOpensAndDoesNotSeal() {
        var prepared = Keysets.prepare(first);
        assertThat(uses(prepared)).containsExactly(Use.PRIMARY, Use.PREPARED);
        assertThat(open(first, seal(prepared))).isEqualTo(SECRET);
    }

    /** Two instances, one restarted with the promoted keyset and one not yet: each opens what the other seals. */
    @Test
    void betweenThePreparedAndThePromotedKeysetEverythingOpens() {
        var prepared = Keysets.prepare(first);
        var promoted = Keysets.rotate(prepared);
        assertThat(ids(promoted)).isEqualTo(ids(prepared));
        assertThat(uses(promoted)).containsExactly(Use.OLD, Use.PRIMARY);
        assertThat(open(prepared, seal(promoted))).isEqualTo(SECRET);
        assertThat(open(promoted, seal(prepared))).isEqualTo(SECRET);
    }

    @Test
    void aSecondPreparedKeyIsRefused() {
        var prepared = Keysets.prepare(first);
        assertThatThrownBy(() -> Keysets.prepare(prepared)).hasMessageContaining("prepared key already");
    }

    @Test
    void rotatingAgainKeepsAllKeys() {
        var thrice = Keysets.rotate(Keysets.rotate(Keysets.rotate(first)));
        assertThat(uses(thrice)).containsExactly(Use.OLD, Use.OLD, Use.OLD, Use.PRIMARY);
        assertThat(open(thrice, seal(first))).isEqualTo(SECRET);
    }

    @Test
    void aRetiredKeyOpensNothingAndAPreparedOneStays() {
        var rotated = Keysets.prepare(Keysets.rotate(first));
        var retired = Keysets.retire(rotated);
        assertThat(uses(retired)).containsExactly(Use.PRIMARY, Use.PREPARED);
        assertThat(ids(retired)).isEqualTo(ids(rotated).subList(1, 3));
        assertThat(open(retired, seal(rotated))).isEqualTo(SECRET);
        assertThatThrownBy(() -> open(retired, seal(first))).isInstanceOf(SecretBox.SealBroken.class);
    }

    @Test
    void aBoxTellsByWhichKeyASecretIsSealed() {
        var rotated = Keysets.prepare(Keysets.rotate(first));
        var box = SecretBox.of(rotated);
        assertThat(SecretBox.of(first).hasOldKeys()).isFalse();
        assertThat(box.hasOldKeys()).isTrue();
        assertThat(box.currentPrefixes()).hasSize(2).contains(prefix(seal(rotated)));
        assertThat(box.currentPrefixes()).contains(prefix(seal(Keysets.rotate(rotated))));
        assertThat(box.currentPrefixes()).doesNotContain(prefix(seal(first)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hunter2hunter2", "{}", "{\"primaryKeyId\": 1, \"key\": []}"})
    void aTextThatIsNoKeysetIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> Keysets.rotate(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }

    /** What it seals could not be told from the rest, and a rotation of it never ends. */
    @Test
    void aKeyThatDoesNotMarkWhatItSealsIsRefused() throws GeneralSecurityException {
        var raw = TinkJsonProtoKeysetFormat.serializeKeyset(
                KeysetHandle.generateNew(
                        AesGcmParameters.builder()
                                .setKeySizeBytes(32)
                                .setIvSizeBytes(12)
                                .setTagSizeBytes(16)
                                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                                .build(),
                        RegistryConfiguration.get()),
                RegistryConfiguration.get(),
                InsecureSecretKeyAccess.get());
        assertThatThrownBy(() -> SecretBox.of(raw)).hasMessageContaining("does not mark what it seals");
    }

    private static byte[] seal(String keyset) {
        return SecretBox.of(keyset).seal(SECRET, PLACE);
    }

    private static byte[] open(String keyset, byte[] sealed) {
        return SecretBox.of(keyset).open(sealed, PLACE);
    }

    private static byte[] prefix(byte[] sealed) {
        return Arrays.copyOf(sealed, 5);
    }

    private static List<Use> uses(String keyset) {
        return Keysets.list(keyset).stream().map(KeyInfo::use).toList();
    }

    private static List<String> ids(String keyset) {
        return Keysets.list(keyset).stream().map(KeyInfo::id).toList();
    }
}
