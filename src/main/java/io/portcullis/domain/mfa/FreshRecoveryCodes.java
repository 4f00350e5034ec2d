package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes the recovery codes of an account. Their slow hashes take a quarter of a second of CPU, so they are made before the
 * change that stores them, which holds a connection.
 */
public final class FreshRecoveryCodes {
    private static final int LOCKS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();
    private final CodeHasher hasher;
    private final int count;
    private final SecureRandom random;

    public FreshRecoveryCodes(CodeHasher hasher, MfaSettings settings, SecureRandom random) {
        this.hasher = hasher;
        this.count = settings.recoveryCodes();
        this.random = random;
    }

    /** Codes to be shown once, and what is stored of them. */
    record Made(List<RecoveryCode> codes, Map<String, String> hashes) {
        static final Made NONE = new Made(List.of(), Map.of());
    }

    /**
     * Runs a step that makes codes and keeps them, on this instance one after the other for each account: of many requests
     * at once the later ones see what came of the first, and cost no hashes. Throws {@code StoreUnavailable} when the turn
     * does not come in time.
     */
    <T> T inTurn(Account account, Supplier<T> step) {
        var lock = locks.get(Math.floorMod(account.hashCode(), LOCKS));
        try {
            if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Refused(new Problem.StoreUnavailable());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Problem.StoreUnavailable());
        }
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    Made make() {
        var codes = RecoveryCode.random(random, count);
        return new Made(codes, RecoveryCode.hashed(codes, hasher));
    }
}
