package io.portcullis.adapter.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.RegistryConfiguration;
import java.security.GeneralSecurityException;

/**
 * Seals secrets with AES-256-GCM under the primary key of a keyset and opens what any of its keys sealed, so that keys
 * can be rotated. Safe for use by many threads. Prints itself hidden.
 */
public final class SecretBox {
    private final Aead aead;

    private SecretBox(Aead aead) {
        this.aead = aead;
    }

    /**
     * A box of the keys in a keyset.
     *
     * @param keysetJson what {@link Keysets#create()} made
     * @throws IllegalArgumentException when it is no keyset or holds keys of another kind; the message repeats none of it
     */
    public static SecretBox of(String keysetJson) {
        try {
            return new SecretBox(Keysets.parse(keysetJson).getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the encryption keyset holds no usable AEAD key", e);
        }
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
