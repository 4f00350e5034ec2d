package io.portcullis.adapter.identity;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that are published at a JWKS URL of the config file. They are read again every ten minutes, so that a withdrawn
 * key dies, and when a token has a {@code kid} that is not among them; but never twice in 30 seconds, whatever tokens say.
 * While nobody answers there, the keys of the last answer count for a day.
 */
public final class PublishedKeys implements JwtKeys {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);

    private static final Duration ASKED_ONCE_IN = Duration.ofSeconds(30);
    private static final Duration REREAD = Duration.ofMinutes(10);
    private static final Duration LONGEST_BELIEVED = Duration.ofHours(24);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int LARGEST = 256 * 1024;
    private static final long TICK_MILLIS = 10_000;

    private final String source;
    private final String algorithm;
    private final Supplier<byte[]> document;
    private final InstantSource clock;
    private final Executor threads;
    private Runnable atClose = () -> {};

    private volatile Optional<Known> known = Optional.empty();
    private volatile boolean answered;
    private Optional<Instant> askedAt = Optional.empty();
    private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);

    private record Known(List<Jwk> keys, Instant readAt) {}

    /**
     * Reads {@code document} on {@code threads}; it throws {@link Refused} or {@code IllegalArgumentException} when there is
     * none.
     */
    PublishedKeys(String source, String algorithm, Supplier<byte[]> document, InstantSource clock, Executor threads) {
        this.source = source;
        this.algorithm = algorithm;
        this.document = document;
        this.clock = clock;
        this.threads = threads;
    }

    /** The keys at a URL, which are read at once, in the background, and from time to time until it is closed. */
    public static PublishedKeys at(
            JwtSettings.Published published, JwtSettings settings, Vertx vertx, InstantSource clock) {
        var endpoint = new HttpEndpoint(vertx, published.url(), published.ca(), TIMEOUT, LARGEST, 1);
        var keys = new PublishedKeys(
                settings.name(), settings.algorithm(), () -> body(endpoint), clock, Thread::startVirtualThread);
        long timer = vertx.setPeriodic(0, TICK_MILLIS, tick -> keys.refreshWhenDue());
        keys.atClose = () -> {
            vertx.cancelTimer(timer);
            endpoint.close();
        };
        return keys;
    }

    private static byte[] body(HttpEndpoint endpoint) {
        var answer = endpoint.get(Map.of());
        if (answer.status() != 200) {
            throw new IllegalArgumentException("the answer is " + answer.status());
        }
        return answer.body();
    }

    @Override
    public boolean signed(Jwt jwt) {
        refreshWhenDue();
        var candidates = candidates(jwt);
        if (candidates.isEmpty()) {
            refresh().join();
            candidates = candidates(jwt);
        }
        if (candidates.isEmpty() && !(answered && believed().isPresent())) {
            throw new Refused(new Problem.UpstreamUnavailable()); // nobody is logged out for a key that may be there
        }
        return candidates.stream().anyMatch(candidate -> jwt.signed().by(candidate.key()));
    }

    /** Begins to read the keys again where they are old, and does not wait for it. */
    @SuppressWarnings("FutureReturnValueIgnored") // what fails there is logged there
    void refreshWhenDue() {
        if (known.filter(keys -> !passed(keys.readAt(), REREAD)).isEmpty()) {
            refresh();
        }
    }

    /** One that does not say its key is of the only one, where there is only one. */
    private List<Jwk> candidates(Jwt jwt) {
        var keys = believed().map(Known::keys).orElse(List.of());
        return jwt.kid()
                .map(kid -> keys.stream()
                        .filter(key -> key.kid().filter(kid::equals).isPresent())
                        .toList())
                .orElseGet(() -> keys.size() == 1 ? keys : List.of());
    }

    private Optional<Known> believed() {
        return known.filter(keys -> clock.instant().isBefore(keys.readAt().plus(LONGEST_BELIEVED)));
    }

    /** The reading that is under way, or a new one where it is time for that. */
    private synchronized CompletableFuture<Void> refresh() {
        if (underWay.isDone() && askedAt.map(at -> passed(at, ASKED_ONCE_IN)).orElse(true)) {
            askedAt = Optional.of(clock.instant());
            underWay = CompletableFuture.runAsync(this::read, threads);
        }
        return underWay;
    }

    private void read() {
        try {
            var now = clock.instant();
            var keys = Jwk.usable(algorithm, document.get());
            if (keys.isEmpty()) {
                LOG.warn("identity {}: its JWKS has no key for {}", source, algorithm);
            }
            answered =
                    !keys.isEmpty() || known.map(Known::keys).orElse(List.of()).isEmpty();
            if (answered) {
                known = Optional.of(new Known(keys, now));
            }
        } catch (RuntimeException noKeys) { // no answer, or whatever a document can do to its parser
            answered = false;
            LOG.warn(
                    "identity {}: its JWKS cannot be read; {}",
                    source,
                    known.map(old -> "the keys read at " + old.readAt() + " count for 24 hours")
                            .orElse("none was read yet, so its tokens are answered 502"));
        }
    }

    /** A clock that was set back has passed any time. */
    private boolean passed(Instant since, Duration time) {
        var now = clock.instant();
        return now.isBefore(since) || !now.isBefore(since.plus(time));
    }

    @Override
    public void close() {
        atClose.run();
    }
}
