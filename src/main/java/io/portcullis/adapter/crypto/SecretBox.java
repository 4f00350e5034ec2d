package io.portcullis.adapter.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadKey;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * Seals secrets with AES-256-GCM under the primary key of a keyset and opens what any of its keys sealed, so that keys
 * can be rotated. Safe for use by many threads. Prints itself hidden.
 */
public final class SecretBox {
    /** Tink's: a version and the id of the key. */
    private static final int PREFIX_BYTES = 5;

    private final Aead aead;
    private final List<byte[]> currentPrefixes;
    private final boolean oldKeys;

    private SecretBox(Aead aead, List<byte[]> currentPrefixes, boolean oldKeys) {
        this.aead = aead;
        this.currentPrefixes = currentPrefixes;
        this.oldKeys = oldKeys;
    }

    /**
     * A box of the keys in a keyset.
     *
     * @param keysetJson what {@link Keysets#create()} made
     * @throws IllegalArgumentException when it is no keyset or holds keys of another kind; the message repeats none of it
     */
    public static SecretBox of(String keysetJson) {
        try {
            var keyset = Keysets.parse(keysetJson);
            var aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
            int primary = Keysets.primary(keyset);
            var current = new ArrayList<byte[]>();
            for (int i = primary; i < keyset.size(); i++) {
                current.add(prefix(keyset.getAt(i)));
            }
            return new SecretBox(aead, List.copyOf(current), primary > 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the encryption keyset holds no usable AEAD key", e);
        }
    }

    /** Without it nobody could tell by which key a secret is sealed. */
    private static byte[] prefix(KeysetHandle.Entry entry) {
        if (entry.getKey() instanceof AeadKey key && key.getOutputPrefix().size() == PREFIX_BYTES) {
            return key.getOutputPrefix().toByteArray();
        }
        throw new IllegalArgumentException("the encryption keyset holds a key that does not mark what it seals:"
                + " use those that 'portcullis keys' makes");
    }

    /**
     * With what begins all that is sealed by the primary key, or by a prepared one: an instance that was given its keyset
     * later seals by that already, and sealing anew by ours would be a step back. Five bytes each.
     */
    public List<byte[]> currentPrefixes() {
        return currentPrefixes.stream().map(byte[]::clone).toList();
    }

    /** Whether the keyset has keys that were primary once. */
    public boolean hasOldKeys() {
        return oldKeys;
    }

    /** Encrypts; {@code associatedData} is the place the secret belongs to, and it opens nowhere else ({@link AssociatedData}). */
    public byte[] seal(byte[] secret, byte[] associatedData) {
        try {
            return aead.encrypt(secret, associatedData);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to encrypt", e);
        }
    }

    /**
     * Decrypts.
     *
     * @throws SealBroken when it was changed, moved from another place or sealed by a key that the keyset lacks
     */
    public byte[] open(byte[] sealed, byte[] associatedData) {
        try {
            return aead.decrypt(sealed, associatedData);
        } catch (GeneralSecurityException e) {
            throw new SealBroken(e);
        }
    }

    @Override
    public String toString() {
        return "SecretBox[hidden]";
    }

    /** A ciphertext that cannot be trusted. Never expected: it is answered as a bug and looked into by a person. */
    public static final class SealBroken extends RuntimeException {
        SealBroken(GeneralSecurityException cause) {
            super(
                    "a sealed secret does not open: changed, moved to another place, or its key is not in the keyset",
                    cause);
        }
    }
}
