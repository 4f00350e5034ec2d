package io.portcullis.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.portcullis.adapter.postgres.Outbox;
import io.portcullis.adapter.postgres.Outbox.Claimed;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.notice.Messenger;
import io.portcullis.http.ControlPlane;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the notices that wait in the outbox, on every instance, each notice at least once: twice when its row cannot be
 * deleted after it was sent. What fails is tried again after 10 s, then after twice as long each time, up to an hour, for
 * three days. An instance without a channel leaves them to the others.
 */
final class OutboxWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);

    static final Duration KEPT = Duration.ofDays(3);
    static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** Much longer than a channel may take for a message; after that whoever claimed it is gone. */
    static final Duration LEASE = Duration.ofMinutes(1);

    private static final long PERIOD_MILLIS = 1000;
    private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Outbox outbox;
    private final CurrentChannel channel;
    private final InstantSource clock;
    private final Counter sent;
    private final Counter givenUp;
    private final AtomicReference<Outbox.Backlog> backlog =
            new AtomicReference<>(new Outbox.Backlog(0, Optional.empty()));
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Runnable stopTimer = () -> {};
    private volatile boolean closing;
    private volatile long notBefore = System.nanoTime();

    OutboxWorker(Outbox outbox, CurrentChannel channel, InstantSource clock, MeterRegistry registry) {
        this.outbox = outbox;
        this.channel = channel;
        this.clock = clock;
        sent = Counter.builder("portcullis.outbox.sent")
                .description("Notices that a mail server or webhook took")
                .register(registry);
        givenUp = Counter.builder("portcullis.outbox.given.up")
                .description("Notices that could not be sent in three days, or never can be")
                .register(registry);
        Gauge.builder("portcullis.outbox.waiting", backlog, last -> last.get().waiting())
                .description("Notices that wait to be sent, over all instances")
                .register(registry);
        Gauge.builder("portcullis.outbox.oldest", backlog, this::age)
                .description("How long the oldest notice waits, over all instances; 0 when none does")
                .baseUnit("seconds")
                .register(registry);
    }

    private double age(AtomicReference<Outbox.Backlog> last) {
        return last.get()
                .oldest()
                .map(oldest -> Duration.between(oldest, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }

    void start(Vertx vertx, ControlPlane controlPlane) {
        long timer = vertx.setPeriodic(PERIOD_MILLIS, id -> tick(controlPlane));
        stopTimer = () -> vertx.cancelTimer(timer);
    }

    private void tick(ControlPlane controlPlane) {
        if (closing || System.nanoTime() - notBefore < 0 || !running.compareAndSet(false, true)) {
            return;
        }
        controlPlane
                .run(() -> {
                    run();
                    return true;
                })
                .onFailure(this::failed)
                .onComplete(done -> running.set(false));
    }

    /** An outage is told where it is found; here it is no more than a reason to wait. */
    private void failed(Throwable failure) {
        notBefore = System.nanoTime() + PAUSE_AFTER_FAILURE_NANOS;
        if (!(failure instanceof Refused)) {
            LOG.error("the outbox could not be worked on", failure);
        }
    }

    /**
     * Sends what is due until nothing is, or the channel fails. Blocks.
     *
     * @throws Refused {@code StoreUnavailable}
     */
    void run() {
        var messenger = channel.get();
        boolean more = messenger.isPresent();
        while (more && !closing) {
            more = outbox.claim(clock.instant(), clock.instant().plus(LEASE))
                    .map(claimed -> deliver(claimed, messenger.get()))
                    .orElse(false);
        }
        backlog.set(outbox.backlog());
    }

    /** Whether it is worth going on with the next. */
    private boolean deliver(Claimed claimed, Messenger messenger) {
        try {
            messenger.send(claimed.notice());
        } catch (Refused refused) {
            if (refused.problem() instanceof Problem.InvalidRequest) {
                outbox.remove(claimed);
                givenUp.increment();
                LOG.warn("{} was given up: there can be no such address as its account has", name(claimed));
                return true;
            }
            putOff(claimed, refused.problem().code().wire());
            return false;
        } catch (RuntimeException bug) { // its message may repeat what is in the notice
            putOff(claimed, bug.getClass().getSimpleName());
            LOG.error("{} could not be sent: {}", name(claimed), bug.getClass().getName());
            return true;
        }
        sent.increment();
        outbox.remove(claimed);
        return true;
    }

    private void putOff(Claimed claimed, String error) {
        outbox.putOff(claimed, clock.instant().plus(pauseAfter(claimed.attempts())), error);
    }

    /** How long a notice waits that failed so many times. */
    static Duration pauseAfter(int attempts) {
        var pause = FIRST_PAUSE;
        for (int i = 1; i < attempts && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Removes notices that nobody could send for three days, whether there is a channel or not. Blocks. */
    void giveUpOld() {
        int dropped = outbox.dropBefore(clock.instant().minus(KEPT));
        if (dropped > 0) {
            givenUp.increment(dropped);
            LOG.warn("{} notices were given up, as they could not be sent for {} days", dropped, KEPT.toDays());
        }
    }

    private static String name(Claimed claimed) {
        var account = claimed.notice().account();
        return "the notice " + claimed.notice().kind() + " to " + account.realm() + "/" + account.subject();
    }

    /** A run under way ends after the notice it is at. */
    @Override
    public void close() {
        closing = true;
        stopTimer.run();
    }
}
