package io.portcullis.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.portcullis.adapter.postgres.LegacyChanges;
import io.portcullis.adapter.postgres.LegacyChanges.Claimed;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.legacy.LegacyBacklog;
import io.portcullis.domain.legacy.LegacyRecord;
import io.portcullis.domain.legacy.LegacyRecord.Outcome;
import io.portcullis.domain.legacy.LegacyRecords;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts legacy records in step, on every instance: whoever made a change tries at once and waits for that a short time, and
 * what waits in the table is tried until it succeeds, however long that takes. The changes of an account go one after the
 * other; each arrives at least once, twice when this process ends between the delivery and its note of it.
 */
final class LegacySync implements LegacyRecords, LegacyBacklog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LegacySync.class);

    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** How long an answer waits for the legacy record. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Between two looks at what another thread or instance delivers. */
    private static final Duration GLANCE = Duration.ofMillis(25);

    private static final long PERIOD_MILLIS = 1000;
    private static final long PAUSE_AFTER_OUTAGE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LegacyChanges changes;
    private final MeterRegistry registry;
    private final Map<String, LegacyRealm> realms = new ConcurrentHashMap<>();
    private final Set<String> beingWorkedOn = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("legacy-sync-", 0).factory());
    private volatile Map<String, LegacyRecord> records = Map.of();
    private volatile Runnable stopTimer = () -> {};
    private volatile boolean closing;
    private volatile long notBefore = System.nanoTime();

    LegacySync(LegacyChanges changes, MeterRegistry registry) {
        this.changes = changes;
        this.registry = registry;
    }

    /** The records of the config file in force, by realm. */
    void becomes(Map<String, ? extends LegacyRecord> next) {
        records = Map.copyOf(next);
        records.keySet().forEach(this::realm);
    }

    void start(Vertx vertx) {
        long timer = vertx.setPeriodic(PERIOD_MILLIS, id -> tick());
        stopTimer = () -> vertx.cancelTimer(timer);
    }

    @Override
    public boolean has(String realm) {
        return records.containsKey(realm);
    }

    @Override
    public Optional<Backlog> of(Account account) {
        return has(account.realm()) ? Optional.of(changes.backlog(account)) : Optional.empty();
    }

    @Override
    public void changed(Account account, long change) {
        var realm = realm(account.realm());
        boolean waits = realm.isWorthWaiting();
        try {
            var attempt = threads.submit(() -> bringInStep(account, change));
            if (waits) {
                await(attempt, realm);
            }
        } catch (RejectedExecutionException closed) {
            LOG.debug("this instance is leaving; another one delivers the change {}", change);
        }
    }

    private static void await(Future<?> attempt, LegacyRealm realm) {
        try {
            attempt.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            realm.tookLong();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.error("a legacy record could not be put in step", e.getCause());
        }
    }

    /** Delivers the change, after those of the account that go before it; what fails is left to {@link #work}. */
    private void bringInStep(Account account, long change) {
        long begun = System.nanoTime();
        try {
            boolean more = true;
            while (more && !closing) {
                var claimed = changes.claimFirst(account);
                if (claimed.isPresent()) {
                    var outcome = deliver(claimed.get());
                    more = outcome instanceof Outcome.Done
                            && claimed.get().change().id() < change;
                } else {
                    Thread.sleep(GLANCE); // another process has it, which tells nobody when it is done
                    more = System.nanoTime() - begun < PATIENCE.toNanos() && changes.waits(change);
                }
            }
        } catch (Refused noAnswer) {
            LOG.debug("a change waits for its legacy record: {}", noAnswer.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        if (closing || System.nanoTime() - notBefore < 0) {
            return;
        }
        for (var realm : records.keySet()) {
            if (beingWorkedOn.add(realm)) {
                threads.execute(() -> {
                    try {
                        work(realm);
                    } finally {
                        beingWorkedOn.remove(realm);
                    }
                });
            }
        }
    }

    private void work(String realm) {
        try {
            workOff(realm);
        } catch (Refused noAnswer) { // told where it is found; here it is no more than a reason to wait
            notBefore = System.nanoTime() + PAUSE_AFTER_OUTAGE_NANOS;
        } catch (RuntimeException bug) {
            notBefore = System.nanoTime() + PAUSE_AFTER_OUTAGE_NANOS;
            LOG.error("the legacy records of {} could not be worked on", realm, bug);
        }
    }

    /**
     * Delivers what is due of a realm until nothing is, or nobody answers. Blocks.
     *
     * @throws Refused {@code StoreUnavailable}
     */
    void workOff(String realm) {
        boolean more = true;
        while (more && !closing) {
            more = changes.claimDue(realm)
                    .map(this::deliver)
                    .filter(LegacySync::worthGoingOn)
                    .isPresent();
        }
        realm(realm).pending(changes.pending(realm));
    }

    /** Others would fare no better where nobody answers. */
    private static boolean worthGoingOn(Outcome outcome) {
        return !(outcome instanceof Outcome.NoAnswer);
    }

    private Outcome deliver(Claimed claimed) {
        var realm = realm(claimed.change().account().realm());
        long begun = System.nanoTime();
        var outcome = attempt(claimed);
        switch (outcome) {
            case Outcome.Done done -> {
                changes.done(claimed);
                if (realm.worked(claimed, Duration.ofNanos(System.nanoTime() - begun), PATIENCE)) {
                    changes.hurry(claimed.change().account().realm());
                }
            }
            case Outcome.NoAnswer noAnswer -> {
                putOff(claimed, noAnswer.reason());
                realm.gaveNoAnswer(claimed, noAnswer.reason());
            }
            case Outcome.Rejected rejected -> {
                putOff(claimed, rejected.reason());
                realm.rejected(claimed, rejected.reason());
            }
        }
        return outcome;
    }

    private Outcome attempt(Claimed claimed) {
        var record = records.get(claimed.change().account().realm());
        if (record == null) {
            return new Outcome.NoAnswer("the realm has no sync any more");
        }
        try {
            return record.set(claimed.change());
        } catch (RuntimeException bug) { // its message may repeat what is in the change
            LOG.error(
                    "a legacy record could not be put in step: {}",
                    bug.getClass().getName());
            return new Outcome.Rejected(bug.getClass().getSimpleName());
        }
    }

    private void putOff(Claimed claimed, String error) {
        changes.putOff(claimed, pauseAfter(claimed.attempts()), error);
    }

    /** How long a change waits that failed so many times. */
    static Duration pauseAfter(int attempts) {
        var pause = FIRST_PAUSE;
        for (int i = 1; i < attempts && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private LegacyRealm realm(String name) {
        return realms.computeIfAbsent(name, fresh -> new LegacyRealm(fresh, registry));
    }

    /** Waits for the deliveries under way. */
    @Override
    public void close() {
        closing = true;
        stopTimer.run();
        threads.close();
    }
}
