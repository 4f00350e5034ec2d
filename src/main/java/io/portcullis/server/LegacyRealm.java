package io.portcullis.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.portcullis.adapter.postgres.LegacyChanges.Claimed;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one realm's legacy records fare on this instance: told to operators when it changes, counted, and whether it is worth
 * waiting for them. For any thread.
 */
final class LegacyRealm {
    private static final Logger LOG = LoggerFactory.getLogger(LegacyRealm.class);

    private final String name;
    private final Counter delivered;
    private final Counter failed;
    private final AtomicLong pending = new AtomicLong();
    private boolean down;
    private boolean slow;

    LegacyRealm(String name, MeterRegistry registry) {
        this.name = name;
        delivered = Counter.builder("portcullis.sync.delivered")
                .description("Changes that the legacy record took")
                .tag("realm", name)
                .register(registry);
        failed = Counter.builder("portcullis.sync.failed")
                .description("Attempts to put a legacy record in step that failed")
                .tag("realm", name)
                .register(registry);
        Gauge.builder("portcullis.sync.pending", pending, AtomicLong::get)
                .description("Changes that the legacy record has not heard of, over all instances")
                .tag("realm", name)
                .register(registry);
    }

    void pending(long changes) {
        pending.set(changes);
    }

    /** Not while the last ones failed or took long: an outage would make every answer late. */
    synchronized boolean isWorthWaiting() {
        return !down && !slow;
    }

    /** Somebody waited in vain. */
    synchronized void tookLong() {
        slow = true;
    }

    /** Returns whether it was down before. */
    synchronized boolean worked(Claimed claimed, Duration took, Duration patience) {
        delivered.increment();
        slow = took.compareTo(patience) >= 0;
        boolean back = down;
        down = false;
        if (back) {
            LOG.info("the legacy records of {} can be put in step again", name);
        } else if (!claimed.lastError().isEmpty()) {
            LOG.info("the legacy record of {} is in step again", account(claimed));
        }
        return back;
    }

    synchronized void gaveNoAnswer(Claimed claimed, String reason) {
        failed.increment();
        if (!down) {
            LOG.warn("the legacy record of {} cannot be put in step now: {}", account(claimed), reason);
        }
        down = true;
    }

    /** Others of the realm may fare better. */
    void rejected(Claimed claimed, String reason) {
        failed.increment();
        if (!reason.equals(claimed.lastError())) {
            LOG.warn("the legacy record of {} was not put in step: {}", account(claimed), reason);
        }
    }

    private static String account(Claimed claimed) {
        var account = claimed.change().account();
        return account.realm() + "/" + account.subject();
    }
}
