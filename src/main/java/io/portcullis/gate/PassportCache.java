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

/**
 * Callers with a passed second factor, remembered for some seconds and only under a lease: without it nothing is found,
 * and each request asks the stores. Nobody else is remembered, so whoever passes the second factor is let in by the next
 * request, on every instance. For any thread.
 */
public final class PassportCache {
    /** A session is read again that often, in case an invalidation was lost together with the store that sent it. */
    private static final Duration REREAD = Duration.ofSeconds(10);

    private static final int LARGEST = 100_000;

    private final Cache<Fingerprint, Passport> passports;
    private final AtomicLong epoch = new AtomicLong();
    private final BooleanSupplier leased;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /** A cache under a lease: {@code leased} says whether invalidations are known to arrive now. Asked on each request, so it must be cheap. */
    public PassportCache(BooleanSupplier leased) {
        this(leased, Ticker.systemTicker());
    }

    PassportCache(BooleanSupplier leased, Ticker ticker) {
        this.leased = leased;
        this.passports = Caffeine.newBuilder()
                .maximumSize(LARGEST)
                .expireAfterWrite(REREAD)
                .ticker(ticker)
                .build();
    }

    Optional<Passport> find(Fingerprint spelling) {
        var found = leased.getAsBoolean() ? passports.getIfPresent(spelling) : null;
        (found == null ? misses : hits).increment();
        return Optional.ofNullable(found);
    }

    /** To be taken before the stores are read, and given back to {@link #keep}. */
    long epoch() {
        return epoch.get();
    }

    /** Remembers the caller of a credential as it was spelled, unless anything was invalidated since it was read: the reading may be older than that. */
    void keep(long readAt, Fingerprint spelling, Passport passport) {
        var caller = passport.caller();
        boolean worthy = caller.session().level() == Level.TWO_FACTOR
                && caller.standing().state() == MfaState.ENABLED;
        if (!worthy || !leased.getAsBoolean()) {
            return;
        }
        passports.put(spelling, passport);
        if (epoch.get() != readAt) {
            passports.invalidate(spelling);
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
        epoch.incrementAndGet();
        passports
                .asMap()
                .values()
                .removeIf(passport -> passport.caller().session().account().equals(account));
    }

    /** Forgets everything. */
    public void forgetAll() {
        epoch.incrementAndGet();
        passports.invalidateAll();
    }
}
