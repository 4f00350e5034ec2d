package io.portcullis.domain.code;

/**
 * A fast keyed one-way hash for codes that live for minutes and may be tried five times at most. A slow hash would buy
 * them nothing: whoever has the key tries all of them at once anyway, and whoever lacks it tries in vain. Codes that
 * people keep go to {@link CodeHasher}.
 */
public interface CodeDigest {
    /**
     * Always the same for the same arguments, 32 bytes; to be compared in constant time.
     *
     * @param context what the code is for and whom it was sent to: a digest is worth nothing in another place
     */
    byte[] digest(String code, String... context);
}
