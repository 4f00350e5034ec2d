package io.portcullis.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.portcullis.http.Networks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Who may connect. Stands where a listener accepts, before any byte is read, so that one too many costs a socket that is closed at once and nothing
 * else. On the one thread that accepts; connections leave on theirs.
 */
@ChannelHandler.Sharable // a port that cannot be had is tried once for each event loop
final class Admission extends ChannelInboundHandlerAdapter {
    private final ListenerLimits limits;
    private final Networks proxies;
    private final boolean proxyProtocol;
    private final boolean handshake;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private final LongAdder late = new LongAdder();
    private volatile boolean leaving;

    Admission(ListenerSettings settings) {
        limits = settings.limits();
        proxies = new Networks(settings.trustedProxies());
        proxyProtocol = settings.proxyProtocol();
        handshake = settings.tls().isPresent();
    }

    int open() {
        return open.get();
    }

    long refused() {
        return refused.sum();
    }

    long late() {
        return late.sum();
    }

    /** From now on nobody is admitted. On any thread. */
    void refuseAll() {
        leaving = true;
    }

    /** One more was closed because its client took too long. */
    void noteLate() {
        late.increment();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        var connection = (Channel) accepted;
        var peer = connection.remoteAddress() instanceof InetSocketAddress socket ? socket.getAddress() : null;
        boolean proxy = peer != null && proxies.contain(peer.getHostAddress());
        if (leaving) {
            connection.unsafe().closeForcibly();
            return;
        }
        if (peer == null || !admit(connection, peer, proxy)) {
            refused.increment();
            connection.unsafe().closeForcibly();
            return;
        }
        boolean header = proxyProtocol && proxy;
        if (header || handshake) {
            connection.pipeline().addLast(new Arrival(limits.headTime(), this::noteLate));
        }
        if (header) {
            ProxyHeader.expect(connection.pipeline());
        }
        context.fireChannelRead(accepted);
    }

    /** A proxy brings the connections of many. */
    private boolean admit(Channel connection, InetAddress peer, boolean proxy) {
        if (open.get() >= limits.connections()) {
            return false;
        }
        boolean counted = limits.connectionsPerAddress() > 0 && !proxy;
        if (counted && byAddress.merge(peer, 1, Integer::sum) > limits.connectionsPerAddress()) {
            leave(peer);
            return false;
        }
        open.incrementAndGet();
        connection.closeFuture().addListener(closed -> {
            open.decrementAndGet();
            if (counted) {
                leave(peer);
            }
        });
        return true;
    }

    private void leave(InetAddress peer) {
        byAddress.computeIfPresent(peer, (address, count) -> count > 1 ? Integer.valueOf(count - 1) : null);
    }
}
