package io.portcullis.gate;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.login.CheckSession;
import io.portcullis.domain.session.Session;
import io.portcullis.http.ControlPlane;
import io.portcullis.proxy.TunnelWatch;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Closes WebSockets whose session ended: one was judged when it was asked for, and lives on while sessions come and go. For
 * any thread that has a Vert.x context.
 *
 * <p>An end of the session that was told before a socket was in the list is found by asking once it is; one that is stored
 * after that is told, or the lease is lost.
 */
public final class OpenSockets {
    /** Ticks in which everything is asked about, lease or not, a part in each: 5 seconds. */
    private static final int ROUND = 10;

    private final Map<TunnelWatch.Watched, Session> open = new ConcurrentHashMap<>();
    private final AtomicBoolean missed = new AtomicBoolean();
    private final CheckSession checkSession;
    private final ControlPlane controlPlane;
    private final BooleanSupplier leased;
    private final InstantSource clock;
    private int ticks;

    /** Watches sockets; {@code leased} says whether the end of a session is known to be told. */
    public OpenSockets(
            CheckSession checkSession, ControlPlane controlPlane, BooleanSupplier leased, InstantSource clock) {
        this.checkSession = checkSession;
        this.controlPlane = controlPlane;
        this.leased = leased;
        this.clock = clock;
    }

    /** For the socket that a request of this session asks for. */
    TunnelWatch of(Session session) {
        return new TunnelWatch() {
            @Override
            public void begins(Watched tunnel) {
                open.put(tunnel, session);
                ask(session); // it may have ended between the judgement and here
            }

            @Override
            public void ended(Watched tunnel) {
                open.remove(tunnel);
            }
        };
    }

    /** Something about the account changed. */
    public void recheck(Account account) {
        recheck(session -> session.account().equals(account));
    }

    /** Changes may have been missed: the next tick asks about everything. */
    public void everythingStale() {
        missed.set(true);
    }

    /** To be called twice a second, by one thread: ends what ended by time, and asks about what may have ended untold. */
    public void tick() {
        var now = clock.instant();
        close(session -> session.expired(now));
        boolean all = missed.getAndSet(false) || !leased.getAsBoolean();
        int turn = ticks++;
        recheck(session -> all || Math.floorMod(session.fingerprint().hashCode() + turn, ROUND) == 0);
    }

    private void recheck(Predicate<Session> concerned) {
        open.values().stream().filter(concerned).distinct().forEach(this::ask);
    }

    private void ask(Session session) {
        controlPlane
                .run(() -> checkSession.level(session))
                .onSuccess(level -> {
                    if (level.filter(now -> now.compareTo(session.level()) >= 0).isEmpty()) {
                        close(session::equals);
                    }
                })
                .onFailure(unknown -> close(session::equals)); // a store that is down never leaves a gate open
    }

    private void close(Predicate<Session> ended) {
        open.forEach((tunnel, session) -> {
            if (ended.test(session)) {
                tunnel.close();
            }
        });
    }
}
