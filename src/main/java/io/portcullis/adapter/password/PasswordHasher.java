package io.portcullis.adapter.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portcullis.adapter.crypto.HashThreads;
import io.portcullis.domain.password.PasswordHashes;
import io.portcullis.domain.password.StoredHash;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes argon2id hashes, and reads those of {@link Argon2}, {@link Bcrypt}, {@link Scrypt} and {@link Pbkdf2}; also behind
 * the name in braces that Spring Security writes before them, {@code {bcrypt}$2a$...}.
 *
 * <p>However many people log in at once, no more hashes are computed than there are threads and 256 MiB for; the others wait
 * in their order.
 */
public final class PasswordHasher implements PasswordHashes {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordHasher.class);

    /** One that nobody wrote by hand is not longer. */
    private static final int LONGEST_TEXT = 512;

    private static final Pattern NAME = Pattern.compile("^\\{(bcrypt|argon2|scrypt)(@[A-Za-z0-9_]{1,40})?\\}");

    private final SecureRandom random;
    private final HashThreads threads;
    private final Semaphore memory = new Semaphore(Cost.MOST_MEMORY_KIB, true);

    /** {@code threads}: where hashes are computed. */
    public PasswordHasher(HashThreads threads, SecureRandom random) {
        this.threads = threads;
        this.random = random;
    }

    @Override
    public String hash(String password) {
        var salt = bytes(Argon2.SALT_BYTES);
        var digest = Argon2.digest(salt);
        return Argon2.write(salt, inTurn(Argon2.MEMORY_KIB, () -> digest.apply(password.getBytes(UTF_8))));
    }

    @Override
    public Optional<StoredHash> read(String text) {
        var stored = text.strip(); // of a column of fixed width
        var hash = stored.length() > LONGEST_TEXT ? Optional.<HashText>empty() : parse(stored);
        if (hash.isEmpty() && !stored.isEmpty()) {
            LOG.warn("a password hash is in no form that is known here, or costs too much: its account cannot log in");
        }
        return hash.map(Stored::new);
    }

    private static Optional<HashText> parse(String stored) {
        var text = NAME.matcher(stored).replaceFirst("");
        return Argon2.read(text)
                .or(() -> Bcrypt.read(text))
                .or(() -> Scrypt.read(text))
                .or(() -> Pbkdf2.read(text));
    }

    @Override
    public StoredHash decoy() {
        var digest = Argon2.digest(bytes(Argon2.SALT_BYTES));
        return new Stored(new HashText(Argon2.MEMORY_KIB, true, digest, bytes(Argon2.HASH_BYTES)));
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T inTurn(int memoryKib, Supplier<T> computation) {
        memory.acquireUninterruptibly(memoryKib);
        try {
            return threads.compute(computation);
        } finally {
            memory.release(memoryKib);
        }
    }

    /** One that computes when it is its turn. */
    private final class Stored implements StoredHash {
        private final HashText hash;

        private Stored(HashText hash) {
            this.hash = hash;
        }

        @Override
        public boolean matches(String password) {
            var bytes = password.getBytes(UTF_8);
            return bytes.length <= LONGEST_PASSWORD_BYTES && inTurn(hash.memoryKib(), () -> hash.matches(bytes));
        }

        @Override
        public StoredHash decoy() {
            return new Stored(hash.expecting(bytes(hash.length())));
        }

        @Override
        public boolean upToDate() {
            return hash.upToDate();
        }

        @Override
        public String toString() {
            return "Stored[hidden]";
        }
    }

    @Override
    public String toString() {
        return "PasswordHasher[hidden]";
    }
}
