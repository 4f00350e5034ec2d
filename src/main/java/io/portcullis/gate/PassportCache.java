package io.portcullis.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Callers with a passed second factor, remembered for some seconds. Under a lease they are believed as they are; without it
 * only those read within the last second are of use, and of each the session store is asked whether it still stands. Nobody else
 * is remembered, so whoever passes the second factor is let in by the next request, on every instance. For any thread.
 */
public final class PassportCache {
    /** A session is read again that often, in case an invalidation was lost together with the store that sent it. */
    private static final Duration REREAD = Duration.ofSeconds(10);

    /** Without a lease nobody says that an account changed, and within a second its change is to be in force. */
    private static final long UNLEASED_NANOS = Duration.ofMillis(900).toNanos();

    private static final int LARGEST = 100_000;

    private final Cache<Fingerprint, Kept> passports;
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong leases = new AtomicLong();
    private final BooleanSupplier leased;
    private final Ticker ticker;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /** A cache under a lease: {@code leased} says whether invalidations are known to arrive now. Asked on each request, so it must be cheap. */
    public PassportCache(BooleanSupplier leased) {
        this(leased, Ticker.systemTicker());
    }

    PassportCache(BooleanSupplier leased, Ticker ticker) {
        this.leased = leased;
        this.ticker = ticker;
        this.passports = Caffeine.newBuilder()
                .executor(Runnable::run) // what there is to do takes less time than to wake another thread
                .maximumSize(LARGEST)
                .expireAfterWrite(REREAD)
                .ticker(ticker)
                .build();
    }

    /** The moment at which a reading of the stores begins. */
    record Moment(long changes, long lease, long nanos) {}

    private record Kept(Passport passport, Moment readAt) {}

    /**
     * A remembered caller.
     *
     * @param believed false where the session store is to be asked first
     */
    record Found(Passport passport, boolean believed) {}

    Optional<Found> find(Fingerprint spelling) {
        var kept = passports.getIfPresent(spelling);
        var found = kept == null ? null : found(kept);
        (found == null ? misses : hits).increment();
        return Optional.ofNullable(found);
    }

    private @Nullable Found found(Kept kept) {
        if (leased.getAsBoolean()) {
            return kept.readAt().lease() == leases.get() ? new Found(kept.passport(), true) : null;
        }
        return ticker.read() - kept.readAt().nanos() < UNLEASED_NANOS ? new Found(kept.passport(), false) : null;
    }

    /** To be taken before the stores are read, and given back to {@link #keep}. */
    Moment now() {
        return new Moment(changes.get(), leases.get(), ticker.read());
    }

    /** Remembers the caller of a credential as it was spelled, unless anything was invalidated since it was read: the reading may be older than that. */
    void keep(Moment readAt, Fingerprint spelling, Passport passport) {
        var caller = passport.caller();
        boolean worthy = caller.session().level() == Level.TWO_FACTOR
                && caller.standing().state() == MfaState.ENABLED;
        if (!worthy) {
            return;
        }
        var kept = new Kept(passport, readAt);
        passports.put(spelling, kept);
        if (changes.get() != readAt.changes()) {
            passports.asMap().remove(spelling, kept);
        }
    }

    /** How many there are, those that are about to leave included. */
    public long entries() {
        return passports.estimatedSize();
    }

    /** How many lookups found one. */
    public long hits() {
        return hits.sum();
    }

    /** How many lookups found none, for want of a lease among them. */
    public long misses() {
        return misses.sum();
    }

    /** Forgets the sessions of an account. */
    public void forget(Account account) {
        changes.incrementAndGet();
        passports
                .asMap()
                .values()
                .removeIf(kept -> kept.passport().caller().session().account().equals(account));
    }

    /** Invalidations may have been missed: from now on a caller is believed only if read from now on under a lease. */
    public void distrust() {
        changes.incrementAndGet();
        leases.incrementAndGet();
    }

    /** Forgets everything. */
    public void forgetAll() {
        distrust();
        passports.invalidateAll();
    }
}
