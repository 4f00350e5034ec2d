package io.portcullis.adapter.oidc;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that a provider publishes: fetched when it is first needed, and anew when it is old. Who needs it at the same
 * time shares one call. What is old serves on while the provider is down.
 */
final class Fetched<T> {
    private static final Duration FRESH = Duration.ofHours(1);

    /** Between two tries for the same thing, whatever a stranger's token names. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Supplier<T> fetch;
    private final InstantSource clock;
    private final AtomicReference<@Nullable CompletableFuture<T>> underWay = new AtomicReference<>();
    private volatile @Nullable Kept<T> kept;

    /** {@code fetch} blocks, and throws {@link Refused} when it cannot. */
    Fetched(Supplier<T> fetch, InstantSource clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    private record Kept<T>(T value, Instant triedAt, Instant fetchedAt) {
        Kept<T> triedAgain(Instant now) {
            return new Kept<>(value, now, fetchedAt);
        }
    }

    /** @throws Refused when there is none and it cannot be fetched */
    T get() {
        var known = kept;
        if (known != null && clock.instant().isBefore(known.fetchedAt().plus(FRESH))) {
            return known.value();
        }
        return newer().or(() -> Optional.ofNullable(kept).map(Kept::value))
                .orElseThrow(() -> new Refused(new Problem.UpstreamUnavailable()));
    }

    /**
     * Fetches it anew; empty when that was tried a moment ago, or fails while there is an older one.
     *
     * @throws Refused when there is none and it cannot be fetched
     */
    Optional<T> newer() {
        var known = kept;
        if (known == null) {
            return Optional.of(fetch());
        }
        if (clock.instant().isBefore(known.triedAt().plus(PAUSE))) {
            return Optional.empty();
        }
        kept = known.triedAgain(clock.instant());
        try {
            return Optional.of(fetch());
        } catch (Refused down) {
            return Optional.empty();
        }
    }

    private T fetch() {
        var mine = new CompletableFuture<T>();
        var others = underWay.compareAndExchange(null, mine);
        if (others != null) {
            return outcome(others);
        }
        try {
            var value = fetch.get();
            kept = new Kept<>(value, clock.instant(), clock.instant());
            mine.complete(value);
        } catch (RuntimeException failure) {
            mine.completeExceptionally(failure);
        } finally {
            underWay.set(null);
        }
        return outcome(mine);
    }

    private T outcome(CompletableFuture<T> call) {
        try {
            return call.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof Refused refused) {
                throw refused;
            }
            throw failed;
        }
    }
}
