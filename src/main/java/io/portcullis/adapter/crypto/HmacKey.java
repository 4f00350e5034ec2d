package io.portcullis.adapter.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** A key for HMAC-SHA256, made from the pepper by HKDF-SHA256 (RFC 5869) for one use alone. Prints itself hidden. */
public final class HmacKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final SecretKeySpec key;

    private HmacKey(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * The key of this use; another {@code label} gives another key that tells nothing of this one.
     *
     * @param pepper at least 16 bytes in UTF-8
     */
    public static HmacKey derive(String pepper, String label) {
        var secret = pepper.getBytes(UTF_8);
        if (secret.length < 16) {
            throw new IllegalArgumentException("the pepper is at least 16 bytes");
        }
        var hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(secret, null, label.getBytes(UTF_8)));
        var key = new byte[BYTES];
        hkdf.generateBytes(key, 0, BYTES);
        return new HmacKey(new SecretKeySpec(key, ALGORITHM));
    }

    /** 32 bytes. */
    public byte[] mac(byte[] message) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "HmacKey[hidden]";
    }
}
