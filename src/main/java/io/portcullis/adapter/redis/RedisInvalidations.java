package io.portcullis.adapter.redis;

import io.portcullis.domain.account.Account;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what other instances made stale, and knows whether it hears everything: that is the lease, without which nobody
 * may answer from what he remembers.
 *
 * <p>Redis delivers a channel to a connection in order. A heartbeat of our own that comes back therefore proves that all
 * that was published before we sent it has come too, and the lease lasts 750 ms from that sending. A heartbeat that
 * was delayed proves nothing of now, so the lease counts from the sending and not from the arrival. In a cluster all
 * publish to, and hear, the one server that has the channel's slot: what passes from server to server has no such order.
 */
public final class RedisInvalidations implements AutoCloseable {
    /** Told on an event loop: cheap, waits for nothing, throws nothing. */
    public interface Listener {
        void stale(Account account);

        /** The lease was lost, or is about to be regained after something may have been missed. */
        void everythingStale();
    }

    private static final Logger LOG = LoggerFactory.getLogger(RedisInvalidations.class);
    private static final long HEARTBEAT_MILLIS = 250;
    private static final long LEASE_NANOS = TimeUnit.MILLISECONDS.toNanos(750);
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_BACK_OFF_MILLIS = 2_000;

    private final String self = UUID.randomUUID().toString();
    private final Vertx vertx;
    private final RedisServers servers;
    private final RandomGenerator random;
    private final Context context;

    private volatile boolean held;
    private volatile long leaseEnds;

    // All below is touched on the context alone.
    private Listener listener = new Deaf();
    private @Nullable Subscription current;
    private int failures;
    private boolean closed;
    private long timer = -1;

    /** Does nothing until {@link #start}. */
    public RedisInvalidations(Vertx vertx, RedisSettings settings, RandomGenerator random) {
        this.vertx = vertx;
        this.servers = new RedisServers(vertx, settings, options -> options.setMaxPoolSize(2));
        this.random = random;
        this.context = vertx.getOrCreateContext();
    }

    /** Subscribes, and again whenever that is lost, until {@link #close()}. Called once. */
    public void start(Listener listener) {
        context.runOnContext(v -> {
            this.listener = listener;
            timer = vertx.setPeriodic(HEARTBEAT_MILLIS, id -> beat());
            subscribe();
        });
    }

    /** Whether every invalidation older than 750 ms has been heard. May be called on any thread. */
    public boolean leased() {
        return held && System.nanoTime() - leaseEnds < 0;
    }

    /** Seconds since the heartbeat was sent that came back last; NaN before the first one. May be called on any thread. */
    public double heartbeatAge() {
        long ends = leaseEnds;
        return ends == 0 ? Double.NaN : (System.nanoTime() - (ends - LEASE_NANOS)) / 1e9;
    }

    @Override
    public void close() {
        held = false;
        context.runOnContext(v -> {
            closed = true;
            vertx.cancelTimer(timer);
            drop();
            servers.close();
        });
    }

    private void subscribe() {
        var subscription = new Subscription();
        current = subscription;
        servers.whereIs(Message.CHANNEL)
                .onComplete(
                        node -> context.runOnContext(v -> subscribe(subscription, node)),
                        e -> context.runOnContext(v -> lost(subscription, e.toString())));
    }

    private void subscribe(Subscription subscription, RedisNode node) {
        if (subscription != current) {
            return;
        }
        // A client of its own each time: whatever became of the last one goes with it.
        var client = Redis.createClient(vertx, servers.options(node).setMaxPoolSize(2));
        subscription.node = node;
        subscription.client = client;
        client.connect()
                .compose(connection -> {
                    connection.handler(message -> context.runOnContext(v -> heard(subscription, message)));
                    connection.endHandler(end -> context.runOnContext(v -> lost(subscription, "closed")));
                    connection.exceptionHandler(e -> context.runOnContext(v -> lost(subscription, e.toString())));
                    return connection.send(Request.cmd(Command.SUBSCRIBE, Message.CHANNEL));
                })
                .onSuccess(answer -> context.runOnContext(v -> subscription.ready = true))
                .onFailure(e -> context.runOnContext(v -> lost(subscription, e.toString())));
    }

    private void beat() {
        if (held && !leased()) {
            loseLease();
        }
        var subscription = current;
        if (subscription == null) {
            return;
        }
        if (System.nanoTime() - subscription.lastHeard > GIVE_UP_NANOS) {
            lost(subscription, "silent");
            return;
        }
        var client = subscription.client;
        if (client == null || !subscription.ready) {
            return;
        }
        servers.whereIs(Message.CHANNEL)
                .onSuccess(node -> context.runOnContext(v -> {
                    if (!node.equals(subscription.node)) {
                        lost(subscription, "moved to " + node);
                    }
                }));
        if (!subscription.beating) {
            subscription.beating = true;
            var beat = new Message.Heartbeat(self, System.nanoTime());
            client.send(Request.cmd(Command.DEL, Message.FENCE))
                    .compose(fence -> client.send(Request.cmd(Command.PUBLISH, Message.CHANNEL, beat.text())))
                    .onComplete(
                            answer -> context.runOnContext(v -> subscription.beating = false),
                            e -> context.runOnContext(v -> lost(subscription, e.toString())));
        }
    }

    private void heard(Subscription subscription, Response push) {
        if (subscription != current
                || push.type() != ResponseType.PUSH
                || !push.get(0).toString().equals("message")) {
            return;
        }
        switch (Message.of(push.get(2).toString())) {
            case Message.Stale stale -> listener.stale(stale.account());
            case Message.Unreadable unreadable -> listener.everythingStale();
            case Message.Heartbeat beat -> {
                if (beat.sender().equals(self)) {
                    subscription.lastHeard = System.nanoTime();
                    renew(beat.at() + LEASE_NANOS);
                }
            }
        }
    }

    private void renew(long ends) {
        if (ends - System.nanoTime() <= 0) {
            return;
        }
        if (!leased()) {
            listener.everythingStale();
            failures = 0;
        }
        leaseEnds = ends;
        held = true;
    }

    private void lost(Subscription subscription, String why) {
        if (subscription != current) {
            return;
        }
        LOG.warn("the invalidation channel is lost: {}", why);
        servers.doubt();
        drop();
        if (!closed) {
            long backOff = Math.min(LONGEST_BACK_OFF_MILLIS, 50L << Math.min(failures++, 10));
            vertx.setTimer(1 + backOff / 2 + random.nextLong(backOff / 2), id -> {
                if (!closed) {
                    subscribe();
                }
            });
        }
    }

    private void drop() {
        if (current != null) {
            var client = current.client;
            current = null;
            if (client != null) {
                client.close().onFailure(e -> LOG.debug("a Redis client did not close cleanly: {}", e.toString()));
            }
        }
        loseLease();
    }

    private void loseLease() {
        held = false;
        listener.everythingStale();
    }

    /** One subscribed connection, and the client that made it once its server is known. */
    private static final class Subscription {
        private @Nullable RedisNode node;
        private @Nullable Redis client;
        private long lastHeard = System.nanoTime();
        private boolean ready;
        private boolean beating;
    }

    private static final class Deaf implements Listener {
        @Override
        public void stale(Account account) {}

        @Override
        public void everythingStale() {}
    }
}
