package io.portcullis.domain;

import io.portcullis.domain.login.PendingLogin;
import io.portcullis.domain.login.PendingLogins;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Pending logins until they expire, with the attempts taken of each. */
public final class InMemoryPendingLogins implements PendingLogins {
    private record Stored(PendingLogin login, Instant expiresAt, int taken) {
        Stored taking(int more) {
            return new Stored(login, expiresAt, taken + more);
        }
    }

    private final Map<String, Stored> logins = new HashMap<>();
    private final InstantSource clock;

    public InMemoryPendingLogins(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void store(String token, PendingLogin login, Duration ttl) {
        logins.put(token, new Stored(login, clock.instant().plus(ttl), 0));
    }

    @Override
    public Optional<Attempt> attempt(String token, int attempts) {
        var open = live(token).filter(stored -> stored.taken() < attempts);
        open.ifPresent(stored -> logins.put(token, stored.taking(1)));
        return open.map(stored -> new Attempt(stored.login(), attempts - stored.taken() - 1));
    }

    @Override
    public Optional<PendingLogin> find(String token) {
        return live(token).map(Stored::login);
    }

    @Override
    public Optional<Waiting> waiting(String token, int attempts) {
        return live(token)
                .filter(stored -> stored.taken() < attempts)
                .map(stored -> new Waiting(stored.login(), Duration.between(clock.instant(), stored.expiresAt())));
    }

    @Override
    public void giveBack(String token) {
        live(token).filter(stored -> stored.taken() > 0).ifPresent(stored -> logins.put(token, stored.taking(-1)));
    }

    @Override
    public boolean finish(String token) {
        boolean live = live(token).isPresent();
        logins.remove(token);
        return live;
    }

    /** How many there are. */
    public long open() {
        return logins.keySet().stream().filter(token -> live(token).isPresent()).count();
    }

    /** How many attempts were taken and not given back; empty when the token is dead. */
    public Optional<Integer> taken(String token) {
        return live(token).map(Stored::taken);
    }

    private Optional<Stored> live(String token) {
        return Optional.ofNullable(logins.get(token))
                .filter(stored -> clock.instant().isBefore(stored.expiresAt()));
    }
}
