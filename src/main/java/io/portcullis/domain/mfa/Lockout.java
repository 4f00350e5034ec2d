package io.portcullis.domain.mfa;

import io.portcullis.domain.error.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The wrong second factors of one account, over all its sessions, addresses and methods. Pure.
 *
 * @param failures when those were that have not led to a lock yet, oldest first
 * @param inARow all of them since the last right one
 * @param locks how often it was locked since the last right one
 */
public record Lockout(List<Instant> failures, int inARow, int locks, Optional<Instant> lockedUntil) {
    public static final Lockout NONE = new Lockout(List.of(), 0, 0, Optional.empty());

    public Lockout {
        failures = List.copyOf(failures);
    }

    /** Why no code is compared now, if so. */
    public Optional<Problem.AccountLocked> problem(Instant now, LockoutSettings settings) {
        if (inARow >= settings.disableAt()) {
            return Optional.of(new Problem.AccountLocked(Optional.empty()));
        }
        return lockedUntil
                .filter(now::isBefore)
                .map(until -> new Problem.AccountLocked(Optional.of(Duration.between(now, until))));
    }

    public Lockout failed(Instant now, LockoutSettings settings) {
        var counted = new ArrayList<>(within(now, settings));
        counted.add(now);
        if (counted.size() < settings.failures()) {
            return new Lockout(counted, inARow + 1, locks, Optional.empty());
        }
        var until = now.plus(lockDuration(settings));
        return new Lockout(List.of(), inARow + 1, locks + 1, Optional.of(until));
    }

    /** How many more wrong ones until the next lock. */
    public int remaining(Instant now, LockoutSettings settings) {
        return problem(now, settings).isPresent()
                ? 0
                : Math.min(settings.failures() - within(now, settings).size(), settings.disableAt() - inARow);
    }

    private List<Instant> within(Instant now, LockoutSettings settings) {
        var since = now.minus(settings.window());
        return failures.stream().filter(at -> at.isAfter(since)).toList();
    }

    private Duration lockDuration(LockoutSettings settings) {
        var duration = settings.lock();
        for (int i = 0; i < locks && duration.compareTo(settings.maxLock()) < 0; i++) {
            duration = duration.multipliedBy(2);
        }
        return duration.compareTo(settings.maxLock()) > 0 ? settings.maxLock() : duration;
    }
}
