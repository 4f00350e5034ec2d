package io.portcullis.adapter.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HmacKeyTest {
    private static final String PEPPER = "a pepper for the tests";

    /** RFC 5869 by hand: extract with 32 zero bytes of salt, expand to one block. */
    @Test
    void theKeyIsThatOfHkdf() throws Exception {
        var extracted = mac(new byte[32], PEPPER.getBytes(UTF_8));
        var key = mac(extracted, "a use\u0001".getBytes(UTF_8));
        assertThat(HmacKey.derive(PEPPER, "a use").mac("message".getBytes(UTF_8)))
                .isEqualTo(mac(key, "message".getBytes(UTF_8)));
    }

    @Test
    void anotherLabelOrPepperIsAnotherKey() {
        var message = "message".getBytes(UTF_8);
        var mac = HmacKey.derive(PEPPER, "a use").mac(message);
        assertThat(HmacKey.derive(PEPPER, "another use").mac(message)).isNotEqualTo(mac);
        assertThat(HmacKey.derive(PEPPER + " ", "a use").mac(message)).isNotEqualTo(mac);
        assertThat(HmacKey.derive(PEPPER, "a use").mac(message)).isEqualTo(mac).hasSize(32);
    }

    @Test
    void aShortPepperIsRefusedAndNoneIsPrinted() {
        assertThatThrownBy(() -> HmacKey.derive("too short", "a use")).hasMessageContaining("16 bytes");
        assertThat(HmacKey.derive(PEPPER, "a use")).hasToString("HmacKey[hidden]");
    }

    private static byte[] mac(byte[] key, byte[] message) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }
}
