package io.portcullis.domain;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.code.EmailCodes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps the promises of the port. */
public final class InMemoryEmailCodes implements EmailCodes {
    private final Map<Key, Stored> codes = new HashMap<>();
    private final InstantSource clock;
    private int ids;

    public InMemoryEmailCodes(InstantSource clock) {
        this.clock = clock;
    }

    private record Key(Account account, Purpose purpose) {}

    private record Stored(String id, String address, String code, int wrong, boolean used, Instant until) {
        Stored tried(int by) {
            return new Stored(id, address, code, wrong + by, used, until);
        }

        Stored used(boolean now) {
            return new Stored(id, address, code, wrong, now, until);
        }
    }

    @Override
    public synchronized void put(Account account, Purpose purpose, String address, String code, Duration life) {
        codes.put(
                new Key(account, purpose),
                new Stored("" + ++ids, address, code, 0, false, clock.instant().plus(life)));
    }

    @Override
    public synchronized Attempt attempt(Account account, Purpose purpose, String address, String code, int attempts) {
        var key = new Key(account, purpose);
        var stored = live(key, attempts);
        if (stored.isEmpty()) {
            return new Attempt.None();
        }
        var one = stored.get();
        boolean right = one.code().equals(code) && one.address().equals(address);
        if (one.used()) {
            return right ? new Attempt.Used() : new Attempt.None();
        }
        codes.put(key, right ? one.used(true) : one.tried(1));
        return right ? new Attempt.Right(one.id()) : new Attempt.Wrong(one.id(), attempts - one.wrong() - 1);
    }

    private Optional<Stored> live(Key key, int attempts) {
        return Optional.ofNullable(codes.get(key))
                .filter(one -> clock.instant().isBefore(one.until()) && one.wrong() < attempts);
    }

    @Override
    public synchronized void giveBack(Account account, Purpose purpose, Attempt attempt) {
        codes.computeIfPresent(new Key(account, purpose), (key, stored) -> switch (attempt) {
            case Attempt.Right right -> stored.id().equals(right.id()) ? stored.used(false) : stored;
            case Attempt.Wrong wrong -> stored.id().equals(wrong.id()) ? stored.tried(-1) : stored;
            case Attempt.Used used -> stored;
            case Attempt.None none -> stored;
        });
    }
}
