package io.portcullis.adapter.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * What the legacy route says of each credential, remembered for a short time and asked once, however many requests want to
 * know. Failures are told to those who wait and are not remembered. Blocks; for any thread but an event loop.
 */
final class Introspection<T> {
    /** So many questions at a time; those beyond are refused, so that a slow route is not asked to death. */
    static final int AT_ONCE = 64;

    private static final int LARGEST = 10_000;

    /** Longer than any answer is believed. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    /** A legacy session that nobody has logged in to may be somebody's the next moment. */
    private static final Duration NOBODY_BELIEVED = Duration.ofSeconds(1);

    private final Cache<Fingerprint, Question<T>> questions =
            Caffeine.newBuilder().maximumSize(LARGEST).expireAfterWrite(KEPT).build();
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Function<String, Optional<T>> route;
    private final Duration believed;
    private final InstantSource clock;

    /** Asks {@code route}, which throws {@link Refused} when there is no answer; {@code believed}: how long an answer is. */
    Introspection(Function<String, Optional<T>> route, Duration believed, InstantSource clock) {
        this.route = route;
        this.believed = believed;
        this.clock = clock;
    }

    /**
     * An answer and until when it is believed; empty for a credential that is nobody's.
     *
     * @throws Refused {@code UpstreamUnavailable} or {@code UpstreamTimeout}
     */
    Optional<Believed<T>> ask(String credential) {
        var now = clock.instant();
        var own = new Question<T>(now);
        var asked = questions
                .asMap()
                .compute(
                        Fingerprint.of(credential),
                        (same, earlier) -> earlier != null && isBelieved(earlier, now) ? earlier : own);
        if (asked == own) {
            answer(own, credential);
        }
        return switch (asked.outcome.join()) {
            case Outcome.Failed<T> failed -> throw new Refused(failed.problem());
            case Outcome.Told<T> told -> told.what().map(what -> new Believed<>(what, asked.at.plus(believed)));
        };
    }

    /** An answer counts from the moment it was asked for: what it says may have changed since. */
    record Believed<T>(T what, Instant until) {}

    private void answer(Question<T> question, String credential) {
        Outcome<T> outcome = new Outcome.Failed<>(new Problem.UpstreamUnavailable());
        boolean mayAsk = free.tryAcquire();
        try {
            if (mayAsk) {
                outcome = new Outcome.Told<>(route.apply(credential));
            }
        } catch (Refused refused) {
            outcome = new Outcome.Failed<>(refused.problem());
        } finally {
            if (mayAsk) {
                free.release();
            }
            question.outcome.complete(outcome); // whatever happened: others wait for it
        }
    }

    private boolean isBelieved(Question<T> question, Instant now) {
        boolean shorter = question.isOfNobody() && NOBODY_BELIEVED.compareTo(believed) < 0;
        return !question.failed()
                && !now.isBefore(question.at)
                && now.isBefore(question.at.plus(shorter ? NOBODY_BELIEVED : believed));
    }

    private static final class Question<T> {
        private final Instant at;
        private final CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();

        private Question(Instant at) {
            this.at = at;
        }

        private boolean failed() {
            return outcome.isDone() && outcome.join() instanceof Outcome.Failed<T>;
        }

        private boolean isOfNobody() {
            return outcome.isDone()
                    && outcome.join() instanceof Outcome.Told<T> told
                    && told.what().isEmpty();
        }
    }

    private sealed interface Outcome<T> {
        record Told<T>(Optional<T> what) implements Outcome<T> {}

        record Failed<T>(Problem problem) implements Outcome<T> {}
    }
}
