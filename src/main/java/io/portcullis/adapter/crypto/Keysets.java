package io.portcullis.adapter.crypto;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tink keysets as JSON. The keys in it are in the clear: the file that holds the JSON is the secret, to be protected by
 * its permissions or by whatever mounts it.
 *
 * <p>The keys stand in the order in which they were made. Those before the primary one were primary once and only open;
 * those after it are prepared: they open what an instance with a newer keyset sealed, and are primary next.
 */
public final class Keysets {
    static {
        try {
            AeadConfig.register();
        } catch (GeneralSecurityException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Keysets() {}

    /** What a key of a keyset is for. */
    public enum Use {
        /** Opens what it sealed before. */
        OLD,
        /** Seals, and opens. */
        PRIMARY,
        /** Opens what other instances seal already. */
        PREPARED
    }

    /**
     * A key without its material.
     *
     * @param id as Tink writes it, an unsigned number of 32 bit
     * @param enabled whether it may be used at all; {@code false} is only found in keysets that were edited by hand
     */
    public record KeyInfo(String id, Use use, boolean enabled) {}

    /** A new keyset with one AES-256-GCM key. */
    public static String create() {
        try {
            return json(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink could not make an AES-256-GCM key", e);
        }
    }

    /**
     * The keyset with a new key that is prepared.
     *
     * @throws IllegalArgumentException when it is no usable keyset, or has a prepared key already
     */
    public static String prepare(String keysetJson) {
        var keyset = usable(keysetJson);
        if (newest(keyset) > primary(keyset)) {
            throw new IllegalArgumentException("the keyset has a prepared key already");
        }
        return build(KeysetHandle.newBuilder(keyset).addEntry(newKey()));
    }

    /**
     * The keyset with another primary key: the newest prepared one, or a new one when none is. All others stay.
     *
     * @throws IllegalArgumentException when it is no usable keyset
     */
    public static String rotate(String keysetJson) {
        var keyset = usable(keysetJson);
        var builder = KeysetHandle.newBuilder(keyset);
        int newest = newest(keyset);
        if (newest > primary(keyset)) {
            builder.getAt(newest).makePrimary();
        } else {
            builder.addEntry(newKey().makePrimary());
        }
        return build(builder);
    }

    /**
     * The keyset without its old keys: what they sealed is lost for ever.
     *
     * @throws IllegalArgumentException when it is no usable keyset
     */
    public static String retire(String keysetJson) {
        var keyset = usable(keysetJson);
        var builder = KeysetHandle.newBuilder(keyset);
        for (int i = primary(keyset) - 1; i >= 0; i--) {
            builder.deleteAt(i);
        }
        return build(builder);
    }

    /**
     * The keys in the order in which they were made.
     *
     * @throws IllegalArgumentException when it is no usable keyset
     */
    public static List<KeyInfo> list(String keysetJson) {
        var keyset = usable(keysetJson);
        int primary = primary(keyset);
        var keys = new ArrayList<KeyInfo>();
        for (int i = 0; i < keyset.size(); i++) {
            var use = i < primary ? Use.OLD : i == primary ? Use.PRIMARY : Use.PREPARED;
            var key = keyset.getAt(i);
            keys.add(new KeyInfo(
                    Integer.toUnsignedString(key.getId()), use, key.getStatus().equals(KeyStatus.ENABLED)));
        }
        return keys;
    }

    /** The parser's own exception is left out: it may repeat key material. */
    @SuppressWarnings("UnusedException")
    static KeysetHandle parse(String keysetJson) {
        try {
            return TinkJsonProtoKeysetFormat.parseKeyset(
                    keysetJson, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("the encryption keyset is no keyset: make one by 'portcullis keys new'");
        }
    }

    /** The place of the primary key. */
    static int primary(KeysetHandle keyset) {
        for (int i = 0; i < keyset.size(); i++) {
            if (keyset.getAt(i).isPrimary()) {
                return i;
            }
        }
        throw new IllegalArgumentException("the encryption keyset has no primary key");
    }

    /** The place of the last key that may be used. */
    private static int newest(KeysetHandle keyset) {
        int newest = keyset.size() - 1;
        while (!keyset.getAt(newest).getStatus().equals(KeyStatus.ENABLED)) { // the primary one always is
            newest--;
        }
        return newest;
    }

    /** One that the gateway would start with: a rotation makes no better of a bad one. */
    private static KeysetHandle usable(String keysetJson) {
        var unused = SecretBox.of(keysetJson);
        return parse(keysetJson);
    }

    private static KeysetHandle.Builder.Entry newKey() {
        return KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                .withRandomId();
    }

    private static String build(KeysetHandle.Builder builder) {
        try {
            return json(builder.build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink could not make the keyset", e);
        }
    }

    private static String json(KeysetHandle keyset) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(
                keyset, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
    }
}
