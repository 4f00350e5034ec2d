package io.portcullis.proxy;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one target serves, as all event loops together know it. Two judges, each by itself: the requests that are sent to it, and
 * the active check. Times are those of {@link System#nanoTime}. For any thread.
 */
final class TargetHealth {
    private static final Logger LOG = LoggerFactory.getLogger(TargetHealth.class);

    private final String upstream;
    private final String target;
    private final HealthSettings settings;
    private volatile int failures; // written under the lock
    private volatile boolean ejected;
    private volatile long ejectedUntil;
    private volatile boolean down;
    private boolean checkedBefore;
    private int against;

    TargetHealth(UpstreamSettings settings, UpstreamSettings.Target target) {
        this.upstream = settings.name();
        this.target = settings.authority(target);
        this.settings = settings.health();
    }

    String upstream() {
        return upstream;
    }

    /** Host, and port where it is not the usual one. */
    String target() {
        return target;
    }

    boolean isHealthy() {
        return !down && !ejected;
    }

    /** Whether it gets requests; also one whose time is over, which {@link #chosen} then lets one request try. */
    boolean takes(long now) {
        return !down && (!ejected || now - ejectedUntil >= 0);
    }

    /** By the active check. */
    boolean isDown() {
        return down;
    }

    /** How long it gets no requests, in nanoseconds; less than 1 when it does. */
    long ejectedFor(long now) {
        return ejected ? ejectedUntil - now : 0;
    }

    /** A request goes there. Until it is answered the others wait for the next time. */
    void chosen(long now) {
        if (ejected && now - ejectedUntil >= 0) {
            ejectedUntil = now + settings.passive().ejectFor().toNanos();
        }
    }

    /** It began an answer, whatever it said. */
    void answered() {
        if (failures != 0) {
            recovered();
        }
    }

    private synchronized void recovered() {
        failures = 0;
        if (ejected) {
            ejected = false;
            LOG.info("upstream {}: {} answers again", upstream, target);
        }
    }

    /** It could not be reached, or did not answer in time, or closed in place of an answer. */
    synchronized void failed(long now) {
        int limit = settings.passive().failures();
        failures = Math.min(failures + 1, Math.max(limit, 1));
        if (limit == 0 || failures < limit) {
            return;
        }
        ejectedUntil = now + settings.passive().ejectFor().toNanos();
        if (!ejected) {
            ejected = true;
            LOG.warn(
                    "upstream {}: {} gave no answer {} times in a row and gets no requests for {} ms while another target does",
                    upstream,
                    target,
                    limit,
                    TimeUnit.NANOSECONDS.toMillis(settings.passive().ejectFor().toNanos()));
        }
    }

    /**
     * What the active check found. The first result counts by itself. One caller at a time.
     *
     * @param found for the log
     */
    void checked(HealthSettings.Active active, boolean good, String found) {
        boolean first = !checkedBefore;
        checkedBefore = true;
        if (good != down) {
            against = 0;
            return;
        }
        against++;
        if (first || against >= (good ? active.healthy() : active.unhealthy())) {
            against = 0;
            down = !good;
            if (good) {
                LOG.info("upstream {}: the check of {} is good again", upstream, target);
            } else {
                LOG.warn(
                        "upstream {}: the check of {} failed, it gets no requests while another target is well: {}",
                        upstream,
                        target,
                        found);
            }
        }
    }
}
