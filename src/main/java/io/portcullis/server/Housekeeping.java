package io.portcullis.server;

import io.portcullis.adapter.postgres.AdvisoryLock;
import io.portcullis.domain.error.Refused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what has no request to do it, on a thread of its own and on one instance at a time: 30 s after the start, and
 * then about every ten minutes. Each chore fails alone, and bears it when another instance is at it too.
 */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final Duration JITTER = Duration.ofMinutes(1);
    private static final Duration LETTING_GO = Duration.ofSeconds(5);

    private final AdvisoryLock turn;
    private final List<Chore> chores;
    private final RandomGenerator random;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("housekeeping").factory());

    /**
     * One part of it.
     *
     * @param name what it does, for the log
     * @param work blocks
     */
    record Chore(String name, Runnable work) {}

    Housekeeping(AdvisoryLock turn, List<Chore> chores, RandomGenerator random) {
        this.turn = turn;
        this.chores = List.copyOf(chores);
        this.random = random;
    }

    /** Instances that were started together drift apart. */
    @SuppressWarnings("FutureReturnValueIgnored") // it runs until close()
    void start() {
        var between = PERIOD.plusMillis(random.nextLong(JITTER.toMillis()));
        clock.scheduleWithFixedDelay(this::run, FIRST.toMillis(), between.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Once through all chores, unless another instance is at it. Blocks as long as it takes; throws nothing. */
    void run() {
        try {
            turn.tryRun(this::doChores);
        } catch (Refused noAnswer) {
            LOG.debug("no housekeeping now: {}", noAnswer.getMessage());
        } catch (RuntimeException failure) {
            LOG.error("the housekeeping failed", failure);
        }
    }

    private void doChores() {
        for (var chore : chores) {
            try {
                chore.work().run();
            } catch (RuntimeException failure) {
                if (Thread.currentThread().isInterrupted()) {
                    return; // closed in the midst of it
                }
                LOG.error("housekeeping: {} failed", chore.name(), failure);
            }
        }
    }

    /** Stops it where it is; what was done stays done. */
    @Override
    public void close() {
        clock.shutdownNow();
        try {
            if (!clock.awaitTermination(LETTING_GO.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the housekeeping did not end within {} s", LETTING_GO.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
