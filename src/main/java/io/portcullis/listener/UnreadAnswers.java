package io.portcullis.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Reads no further request of a client that does not read its answers, which would all be kept for it. It is read again when some of them have gone out; whoever
 * never reads is idle, and is closed as such. On the event loop of the connection.
 */
class UnreadAnswers extends ChannelInboundHandlerAdapter {
    private boolean holds;

    /** Whether what is read belongs to a request that was let in. */
    boolean inBody() {
        return false;
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext context) {
        var connection = context.channel();
        // Who has stopped the reading already begins it again; then this is asked once more.
        if (!connection.isWritable() && !inBody() && connection.config().isAutoRead()) {
            holds = true;
            connection.config().setAutoRead(false);
        }
        context.fireChannelReadComplete();
    }

    @Override
    public final void channelWritabilityChanged(ChannelHandlerContext context) {
        if (holds && context.channel().isWritable()) {
            holds = false;
            context.channel().config().setAutoRead(true);
        }
        context.fireChannelWritabilityChanged();
    }

    /** Behind the decoder. A body is read on: some clients send all of it before they read, and there is a limit to what waits for them. */
    static final class OfHttp1 extends UnreadAnswers {
        private boolean inBody;

        @Override
        boolean inBody() {
            return inBody;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            inBody = message instanceof HttpObject && !(message instanceof LastHttpContent);
            context.fireChannelRead(message);
        }
    }
}
