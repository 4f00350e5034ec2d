package io.portcullis.adapter.postgres;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.portcullis.domain.directory.Directory;
import io.portcullis.domain.error.Refused;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A directory as it was some moments ago. Who asks for an e-mail that is being read waits for that reading, right or failed; no failure is remembered. */
public final class RememberedDirectory implements Directory {
    private static final int LARGEST = 10_000;

    private final Directory directory;
    private final Duration ttl;
    private final InstantSource clock;
    private final AsyncCache<String, Reading> readings;

    /** One that remembers for {@code ttl}. */
    public RememberedDirectory(Directory directory, Duration ttl, InstantSource clock) {
        this.directory = directory;
        this.ttl = ttl;
        this.clock = clock;
        this.readings = Caffeine.newBuilder()
                .maximumSize(LARGEST)
                .expireAfterWrite(ttl)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Thread::startVirtualThread)
                .buildAsync();
    }

    @Override
    public Reading byEmail(String email) {
        var reading = reading(email);
        var known = joined(email, reading);
        if (clock.instant().isBefore(known.at().plus(ttl))) {
            return known;
        }
        readings.asMap().remove(email, reading); // the cache counts from a moment after the reading
        return joined(email, reading(email));
    }

    private CompletableFuture<Reading> reading(String email) {
        return readings.get(
                email, (key, threads) -> CompletableFuture.supplyAsync(() -> directory.byEmail(key), threads));
    }

    private Reading joined(String email, CompletableFuture<Reading> reading) {
        try {
            return reading.join();
        } catch (CompletionException failed) {
            readings.asMap().remove(email, reading); // the cache would do so too, a moment after whoever waits here
            throw failed.getCause() instanceof Refused refused ? refused : failed;
        }
    }
}
