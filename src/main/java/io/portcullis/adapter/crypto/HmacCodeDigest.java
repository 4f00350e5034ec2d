package io.portcullis.adapter.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portcullis.domain.code.CodeDigest;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * HMAC-SHA256 over the parts of the context and the code, each after its length, as in {@link AssociatedData}. Its key is
 * derived from the pepper (HKDF-SHA256, RFC 5869, without salt) by a label of its own, so that the pepper serves two
 * purposes without either knowing of the other. Safe for use by many threads. Prints itself hidden.
 */
public final class HmacCodeDigest implements CodeDigest {
    private static final String LABEL = "portcullis code digest v1";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    /** Takes the pepper of the config file, at least 16 bytes in UTF-8. */
    public HmacCodeDigest(String pepper) {
        var secret = pepper.getBytes(UTF_8);
        if (secret.length < Argon2CodeHasher.SHORTEST_PEPPER) {
            throw new IllegalArgumentException("the pepper is at least 16 bytes");
        }
        var hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(secret, null, LABEL.getBytes(UTF_8)));
        var derived = new byte[KEY_BYTES];
        hkdf.generateBytes(derived, 0, derived.length);
        key = new SecretKeySpec(derived, ALGORITHM);
    }

    @Override
    public byte[] digest(String code, String... context) {
        var parts = Arrays.copyOf(context, context.length + 1);
        parts[context.length] = code;
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(AssociatedData.of(parts));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "HmacCodeDigest[hidden]";
    }
}
