package io.portcullis.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Knows whether bytes have come to a connection that are no whole head yet, or in HTTP/2 no whole frame. It stands before the decoder of HTTP/2, which
 * tells it of each {@linkplain #stepped step}; that of HTTP/1 stands behind the decoder and sees for itself.
 */
class HeadClock extends ChannelInboundHandlerAdapter {
    private final HeadClocks clocks;
    private final ChannelHandlerContext connection;
    private boolean stepped;
    private boolean runs;
    private boolean listed;
    private long since;

    /** @param begun whether bytes of something else, such as a TLS handshake, are being read as yet */
    HeadClock(HeadClocks clocks, ChannelHandlerContext connection, boolean begun) {
        this.clocks = clocks;
        this.connection = connection;
        stepped = begun;
    }

    /** Of what was read, something is whole now. */
    final void stepped() {
        stepped = true;
        runs = false;
    }

    /** Whether what is read is no head. */
    boolean inBody() {
        return false;
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext context) {
        if (stepped) {
            stepped = false;
        } else if (!runs && !inBody()) {
            runs = true;
            since = System.nanoTime();
            if (!listed) {
                listed = true;
                clocks.run(this);
            }
        }
        context.fireChannelReadComplete();
    }

    /** Whether it need not be looked at any more. */
    @SuppressWarnings("FutureReturnValueIgnored") // closed is closed
    final boolean leaves(long now, long limit, Runnable late) {
        boolean counts = runs && connection.channel().isActive();
        if (counts && now - since < limit) {
            return false;
        }
        if (counts) {
            late.run();
            connection.close();
        }
        listed = false;
        return true;
    }

    /** A body may take its time: whoever waits for it has a limit of its own. So may what follows an upgrade. */
    static final class OfHttp1 extends HeadClock {
        private boolean inBody;

        OfHttp1(HeadClocks clocks, ChannelHandlerContext connection, boolean begun) {
            super(clocks, connection, begun);
        }

        @Override
        boolean inBody() {
            return inBody;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            // Behind a head that cannot be read there is nothing.
            inBody = message instanceof HttpObject part
                    && part.decoderResult().isSuccess()
                    && !(message instanceof LastHttpContent);
            stepped();
            context.fireChannelRead(message);
        }
    }
}
