package io.portcullis.adapter.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HmacCodeDigestTest {
    private static final String PEPPER = "a pepper of some length";

    private final HmacCodeDigest digest = new HmacCodeDigest(PEPPER);

    /** RFC 5869 and RFC 2104 by the JDK's Mac alone; one block of HKDF output is HMAC(PRK, info | 1). */
    @Test
    void isTheHmacOfTheRfcsUnderADerivedKey() throws GeneralSecurityException, IOException {
        var pseudoRandomKey = hmac(new byte[32], PEPPER.getBytes(UTF_8));
        var key = hmac(pseudoRandomKey, "portcullis code digest v1\u0001".getBytes(UTF_8));
        var message = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(message)) {
            for (var part : new String[] {"email", "admin/1", "123456"}) {
                out.writeInt(part.length());
                out.writeBytes(part);
            }
        }
        assertThat(digest.digest("123456", "email", "admin/1")).isEqualTo(hmac(key, message.toByteArray()));
    }

    @Test
    void differsByCodeContextAndPepper() {
        var one = digest.digest("123456", "email", "1");
        assertThat(digest.digest("123456", "email", "1")).isEqualTo(one);
        assertThat(digest.digest("123457", "email", "1")).isNotEqualTo(one);
        assertThat(digest.digest("123456", "email", "2")).isNotEqualTo(one);
        assertThat(digest.digest("123456", "email1")).isNotEqualTo(one);
        assertThat(digest.digest("1123456", "email")).isNotEqualTo(one);
        assertThat(new HmacCodeDigest("another pepper, as long").digest("123456", "email", "1"))
                .isNotEqualTo(one);
    }

    @Test
    void refusesAShortPepper() {
        assertThatThrownBy(() -> new HmacCodeDigest("short")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printsItselfHidden() {
        assertThat(digest).hasToString("HmacCodeDigest[hidden]");
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }
}
