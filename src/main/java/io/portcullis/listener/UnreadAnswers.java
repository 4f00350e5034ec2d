package io.portcullis.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Reads no further request of a client that does not read its answers, which would all be kept for it. It is read again when some of them have gone out; whoever
 * never reads is idle, and is closed as such. A body is read on: some clients send all of it before they read, and there is a limit to what waits for
 * them. On the event loop of the connection.
 */
final class UnreadAnswers extends ChannelInboundHandlerAdapter {
    private final HeadClock clock;
    private boolean holds;

    /** @param clock stands before this, so it has seen what was read */
    UnreadAnswers(HeadClock clock) {
        this.clock = clock;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        var connection = context.channel();
        // Who has stopped the reading already begins it again; then this is asked once more.
        if (!connection.isWritable() && !clock.inBody() && connection.config().isAutoRead()) {
            holds = true;
            connection.config().setAutoRead(false);
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (holds && context.channel().isWritable()) {
            holds = false;
            context.channel().config().setAutoRead(true);
        }
        context.fireChannelWritabilityChanged();
    }
}
