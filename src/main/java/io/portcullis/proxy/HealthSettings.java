package io.portcullis.proxy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How it is told whether a target serves. */
public record HealthSettings(Passive passive, Optional<Active> active) {
    public static final HealthSettings DEFAULTS =
            new HealthSettings(new Passive(3, Duration.ofSeconds(10)), Optional.empty());

    /**
     * By the requests that are sent anyway.
     *
     * @param failures without an answer, one after the other, that eject a target; 0 for never
     * @param ejectFor how long it then gets none, while another target takes them
     */
    public record Passive(int failures, Duration ejectFor) {
        public Passive {
            if (failures < 0 || failures > 100) {
                throw new IllegalArgumentException("health.passive.failures is from 0 to 100");
            }
            if (ejectFor.compareTo(Duration.ofMillis(100)) < 0 || ejectFor.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("health.passive.ejectFor is from 100ms to 1h");
            }
        }
    }

    /**
     * By asking.
     *
     * @param path for GET
     * @param timeout for a whole answer's head
     * @param healthy good answers in a row that bring a target back
     * @param unhealthy bad ones in a row that take it out
     * @param status what a good answer has; empty for any from 200 to 399
     */
    public record Active(
            String path, Duration interval, Duration timeout, int healthy, int unhealthy, Set<Integer> status) {
        public Active {
            status = Set.copyOf(status);
            if (interval.compareTo(Duration.ofMillis(100)) < 0 || interval.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("health.active.interval is from 100ms to 1h");
            }
            if (!timeout.isPositive() || timeout.compareTo(interval) > 0) {
                throw new IllegalArgumentException("health.active.timeout is more than 0s and at most the interval");
            }
            if (healthy < 1 || healthy > 100) {
                throw new IllegalArgumentException("health.active.healthy is from 1 to 100");
            }
            if (unhealthy < 1 || unhealthy > 100) {
                throw new IllegalArgumentException("health.active.unhealthy is from 1 to 100");
            }
            if (status.stream().anyMatch(one -> one < 200 || one > 599)) {
                throw new IllegalArgumentException("health.active.status has numbers from 200 to 599");
            }
        }

        boolean isGood(int answered) {
            return status.isEmpty() ? answered >= 200 && answered < 400 : status.contains(answered);
        }
    }
}
