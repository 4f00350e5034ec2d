package io.portcullis.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the stores who carries a credential, so that a flood of requests with one credential costs them next to nothing.
 *
 * <p>Requests that come while the stores are asked wait for the next answer and share it: it was read after they came. What is
 * asked for again within a second is remembered for that second, to refuse by and for nothing else. The session is told of that
 * in the store before it is read, and whoever raises it meanwhile on another instance waits until that second is over before it
 * answers: who was just verified is never refused by what is remembered. For any thread.
 */
public final class Asking {
    private static final long REMEMBERED_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int LARGEST = 10_000;

    private final Cache<Question, Entry> entries = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(LARGEST)
            .expireAfterAccess(Duration.ofSeconds(2))
            .build();
    private final AtomicLong changes = new AtomicLong();
    private final LongSupplier nanos;

    public Asking() {
        this(System::nanoTime);
    }

    Asking(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A credential as it was spelled, and the address it came from: some second factors count at some addresses alone. */
    record Question(Fingerprint spelling, String address) {}

    /** What the stores said: whose it is, or why it is nobody's. */
    sealed interface Answer {
        record Known(Passport passport) implements Answer {}

        record Unknown(Problem problem) implements Answer {}
    }

    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable Read last;
    }

    /** @param remembered whether the session was told before it was read */
    private record Read(Answer answer, long begun, boolean remembered, long changes) {}

    /** What was said within the last second, if it is still good to refuse by. Cheap, waits for nothing. */
    Optional<Answer> remembered(Question question) {
        var entry = entries.getIfPresent(question);
        var read = entry == null ? null : entry.last;
        return read != null
                        && read.remembered()
                        && read.changes() == changes.get()
                        && nanos.getAsLong() - read.begun() < REMEMBERED_NANOS
                ? Optional.of(read.answer())
                : Optional.empty();
    }

    /**
     * Asks, or shares the answer to who asked after this call began. Blocks.
     *
     * @param tell stores that a refusal of this session is remembered here for a second from now on
     * @param stores throws {@link Refused} where it has no answer
     */
    Answer ask(Question question, Consumer<Session> tell, Supplier<Passport> stores) {
        long came = nanos.getAsLong();
        var entry = entries.get(question, first -> new Entry());
        entry.lock.lock();
        try {
            var before = entry.last;
            if (before != null && before.begun() - came > 0) {
                return before.answer();
            }
            var read = before != null && came - before.begun() < REMEMBERED_NANOS
                    ? read(true, told(before.answer(), tell, stores))
                    : read(false, stores);
            entry.last = read;
            return read.answer();
        } finally {
            entry.lock.unlock();
        }
    }

    /** Sessions changed here, or were heard to change elsewhere: nothing that was remembered is good any more. */
    public void changed() {
        changes.incrementAndGet();
    }

    /** How many wait for an answer now. */
    int waiting(Question question) {
        var entry = entries.getIfPresent(question);
        return entry == null ? 0 : entry.lock.getQueueLength();
    }

    private Read read(boolean remembered, Supplier<Passport> stores) {
        long begun = nanos.getAsLong();
        long changesThen = changes.get();
        var answer = asked(stores);
        return new Read(answer, begun, remembered && isOfStores(answer), changesThen);
    }

    /** The session is told before it is read. */
    private static Supplier<Passport> told(Answer before, Consumer<Session> tell, Supplier<Passport> stores) {
        return () -> {
            if (before instanceof Answer.Known known) {
                tell.accept(known.passport().caller().session());
            }
            return stores.get();
        };
    }

    private static Answer asked(Supplier<Passport> stores) {
        try {
            return new Answer.Known(stores.get());
        } catch (Refused refused) {
            return new Answer.Unknown(refused.problem());
        }
    }

    /** A credential that nobody knows becomes known by a login alone, which makes one that nobody had before. */
    private static boolean isOfStores(Answer answer) {
        return switch (answer) {
            case Answer.Known known -> true;
            case Answer.Unknown unknown ->
                unknown.problem() instanceof Problem.AuthRequired
                        || unknown.problem() instanceof Problem.SessionExpired;
        };
    }
}
