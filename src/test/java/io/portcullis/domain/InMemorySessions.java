package io.portcullis.domain;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions until they expire, and what was told to the other instances. */
public final class InMemorySessions implements Sessions {
    private final Map<Fingerprint, Session> sessions = new ConcurrentHashMap<>();
    private final List<Account> invalidated = new ArrayList<>();
    private final InstantSource clock;
    private boolean down;

    public InMemorySessions(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Session> find(Fingerprint fingerprint) {
        answerOrRefuse();
        return Optional.ofNullable(sessions.get(fingerprint)).filter(session -> !session.expired(clock.instant()));
    }

    @Override
    public Session open(Session session) {
        var known = find(session.fingerprint()).filter(one -> !one.idledOut(clock.instant()));
        if (known.isEmpty()) {
            put(session);
        }
        return known.orElse(session);
    }

    @Override
    public void put(Session session) {
        answerOrRefuse();
        sessions.put(session.fingerprint(), session);
    }

    /** One instance alone: nobody else remembers anything. */
    @Override
    public void refusedHere(Session session) {}

    @Override
    public void touch(Session session, Instant usedAt) {
        answerOrRefuse();
        sessions.computeIfPresent(session.fingerprint(), (fingerprint, stored) -> stored.seen(usedAt));
    }

    @Override
    public List<Session> ofAccount(Account account) {
        answerOrRefuse();
        return sessions.values().stream()
                .filter(session -> session.account().equals(account) && !session.expired(clock.instant()))
                .toList();
    }

    @Override
    public void end(Session session) {
        answerOrRefuse();
        sessions.remove(session.fingerprint());
        invalidate(session.account());
    }

    @Override
    public void invalidate(Account account) {
        answerOrRefuse();
        invalidated.add(account);
    }

    public List<Account> invalidated() {
        return List.copyOf(invalidated);
    }

    public void goDown() {
        down = true;
    }

    public void comeBack() {
        down = false;
    }

    private void answerOrRefuse() {
        if (down) {
            throw new Refused(new Problem.StoreUnavailable());
        }
    }
}
