package io.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.login.CheckSession;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import io.portcullis.http.ControlPlane;
import io.portcullis.proxy.TunnelWatch;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenSocketsTest {
    private final Vertx vertx = Vertx.vertx();
    private final ControlPlane controlPlane = new ControlPlane(vertx);
    private final Semaphore asked = new Semaphore(0);
    private final TestDomain domain = new TestDomain();
    private final AtomicBoolean leased = new AtomicBoolean(true);
    private final OpenSockets sockets = new OpenSockets(
            new CheckSession(new Asked(), domain.accounts, domain.clock), controlPlane, leased::get, domain.clock);

    /** Sessions that a test can wait for being asked about. */
    private final class Asked implements Sessions {
        @Override
        public Optional<Session> find(Fingerprint fingerprint) {
            try {
                return domain.sessions.find(fingerprint);
            } finally {
                asked.release();
            }
        }

        @Override
        public Session open(Session session) {
            return domain.sessions.open(session);
        }

        @Override
        public void put(Session session) {
            domain.sessions.put(session);
        }

        @Override
        public void refusedHere(Session session) {
            domain.sessions.refusedHere(session);
        }

        @Override
        public void touch(Session session, Instant usedAt) {
            domain.sessions.touch(session, usedAt);
        }

        @Override
        public List<Session> ofAccount(Account account) {
            return domain.sessions.ofAccount(account);
        }

        @Override
        public void end(Session session) {
            domain.sessions.end(session);
        }

        @Override
        public void invalidate(Account account) {
            domain.sessions.invalidate(account);
        }
    }

    private static final class Socket implements TunnelWatch.Watched {
        private final CompletableFuture<Boolean> closed = new CompletableFuture<>();

        @Override
        public void close() {
            closed.complete(true);
        }

        private boolean closes() throws Exception {
            return closed.get(20, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void close() {
        controlPlane.close();
        vertx.close().await();
    }

    @Test
    void oneWhoseSessionEndedBeforeItWasInTheListIsClosedThoughNothingIsToldAgain() throws Exception {
        var session = domain.loggedIn();
        var watch = sockets.of(session);
        domain.sessions.end(session);
        sockets.recheck(session.account());
        var socket = new Socket();
        watch.begins(socket);
        assertThat(socket.closes()).isTrue();
    }

    @Test
    void soIsOneWhoseSessionLostItsSecondFactorBefore() throws Exception {
        var session = domain.enrolled().session();
        var watch = sockets.of(session);
        domain.sessions.put(session.lowered(session.securityVersion()));
        var socket = new Socket();
        watch.begins(socket);
        assertThat(socket.closes()).isTrue();
    }

    @Test
    void aChangeOfTheAccountClosesThoseThatEndedAndNoOthers() throws Exception {
        var ended = domain.loggedIn();
        var going = domain.loggedIn();
        var other = opened(going);
        var socket = opened(ended);
        domain.sessions.end(ended);
        sockets.recheck(new Account("admin", "somebody else")); // a question would be one too many below
        sockets.recheck(ended.account());
        assertThat(asked.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
        assertThat(socket.closes()).isTrue();
        assertThat(asked.availablePermits()).isZero();
        assertThat(other.closed).isNotDone();
    }

    @Test
    void theEndThatNobodyToldIsFoundWithinTenTicks() throws Exception {
        var session = domain.loggedIn();
        var socket = opened(session);
        domain.sessions.end(session);
        for (int i = 0; i < 10; i++) {
            sockets.tick();
        }
        assertThat(socket.closes()).isTrue();
    }

    @Test
    void withoutTheLeaseItIsFoundAtOnce() throws Exception {
        var session = domain.loggedIn();
        var socket = opened(session);
        domain.sessions.end(session);
        leased.set(false);
        sockets.tick();
        assertThat(socket.closes()).isTrue();
    }

    @Test
    void andWhenTheLeaseWasLostAndCameBackBetweenTwoTicks() throws Exception {
        var session = domain.loggedIn();
        var socket = opened(session);
        domain.sessions.end(session);
        sockets.everythingStale();
        sockets.tick();
        assertThat(socket.closes()).isTrue();
    }

    @Test
    void aSessionThatIsOverByTimeIsAskedNobodyAbout() throws Exception {
        var socket = opened(domain.loggedIn());
        domain.clock.advance(Duration.ofDays(7));
        sockets.tick();
        assertThat(socket.closed).isDone();
    }

    @Test
    void aStoreThatIsDownClosesIt() throws Exception {
        var session = domain.loggedIn();
        var socket = opened(session);
        domain.sessions.goDown();
        sockets.recheck(session.account());
        assertThat(socket.closes()).isTrue();
    }

    private Socket opened(Session session) throws Exception {
        var socket = new Socket();
        sockets.of(session).begins(socket);
        assertThat(asked.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        return socket;
    }
}
