package io.portcullis.gate;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.login.CheckSession;
import io.portcullis.domain.session.Session;
import io.portcullis.http.ControlPlane;
import io.portcullis.proxy.Tunnels;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Closes WebSockets whose session ended: one was judged when it opened, and lives on while sessions come and go. For any
 * thread that has a Vert.x context.
 */
public final class OpenSockets {
    private final Map<String, Session> watched = new ConcurrentHashMap<>();
    private final Tunnels tunnels;
    private final CheckSession checkSession;
    private final ControlPlane controlPlane;
    private final BooleanSupplier leased;
    private final InstantSource clock;

    /** Watches sockets; {@code leased} says whether the end of a session is known to be told. */
    public OpenSockets(
            Tunnels tunnels,
            CheckSession checkSession,
            ControlPlane controlPlane,
            BooleanSupplier leased,
            InstantSource clock) {
        this.tunnels = tunnels;
        this.checkSession = checkSession;
        this.controlPlane = controlPlane;
        this.leased = leased;
        this.clock = clock;
    }

    /** The key for the tunnel of a session that is about to open one. */
    String watch(Session session) {
        var key = session.level().wire() + ":" + session.fingerprint().value();
        watched.put(key, session);
        return key;
    }

    /** Something about the account changed. */
    public void recheck(Account account) {
        recheck(session -> session.account().equals(account));
    }

    /** To be called twice a second: ends what ended by time, and without a lease asks about everything that is open. */
    public void tick() {
        if (watched.isEmpty()) {
            return;
        }
        watched.keySet().retainAll(tunnels.keys());
        var now = clock.instant();
        watched.forEach((key, session) -> {
            if (session.expired(now)) {
                close(key);
            }
        });
        if (!leased.getAsBoolean()) {
            recheck(session -> true);
        }
    }

    private void recheck(Predicate<Session> concerned) {
        watched.forEach((key, session) -> {
            if (concerned.test(session)) {
                controlPlane
                        .run(() -> checkSession.level(session))
                        .onSuccess(level -> {
                            if (level.filter(now -> now.compareTo(session.level()) >= 0)
                                    .isEmpty()) {
                                close(key);
                            }
                        })
                        .onFailure(unknown -> close(key)); // a store that is down never leaves a gate open
            }
        });
    }

    private void close(String key) {
        watched.remove(key);
        tunnels.closeAll(key);
    }
}
