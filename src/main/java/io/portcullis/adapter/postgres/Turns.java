package io.portcullis.adapter.postgres;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One change of an account at a time, in the order they came. The lock of the row would do for the account; but whoever
 * waits for that holds a connection, and one account with many requests would hold them all.
 */
final class Turns {
    private final Map<Account, Turn> turns = new ConcurrentHashMap<>();
    private final Duration patience;

    Turns(Duration patience) {
        this.patience = patience;
    }

    /** The lock of one account, and how many have it or wait for it: the last one takes it away. */
    private record Turn(ReentrantLock lock, int users) {}

    /** Runs it when those before it are done; {@code StoreUnavailable} when they take too long. */
    <T> T inTurn(Account account, Supplier<T> change) {
        var lock = join(account);
        try {
            if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Refused(new Problem.StoreUnavailable());
            }
            try {
                return change.get();
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Problem.StoreUnavailable());
        } finally {
            leave(account);
        }
    }

    /** How many accounts are being changed. */
    int size() {
        return turns.size();
    }

    private ReentrantLock join(Account account) {
        return turns.merge(
                        account,
                        new Turn(new ReentrantLock(true), 1),
                        (known, unused) -> new Turn(known.lock(), known.users() + 1))
                .lock();
    }

    private void leave(Account account) {
        turns.computeIfPresent(
                account, (same, turn) -> turn.users() == 1 ? null : new Turn(turn.lock(), turn.users() - 1));
    }
}
