package io.portcullis.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.ArrayList;
import java.util.List;

/**
 * Closes connections on which nothing was read or written for a time. What is read or written costs no look at a clock: the one timer of the
 * event loop asks each connection whether something was, since it last asked. On that loop alone.
 */
final class IdleClocks {
    private final int patience;
    private final List<OfConnection> open = new ArrayList<>();

    /** @param patience after so many looks without anything in between a connection is closed */
    IdleClocks(int patience) {
        this.patience = patience;
    }

    /** For a connection that is open. */
    ChannelDuplexHandler clock(Channel connection) {
        return new OfConnection(connection);
    }

    /** To be called at even times. */
    void look() {
        // From the end: one that is closed gives its place to the last.
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).look();
        }
    }

    private final class OfConnection extends ChannelDuplexHandler {
        private final Channel connection;
        private int place;
        private int silent;

        OfConnection(Channel connection) {
            this.connection = connection;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            place = open.size();
            open.add(this);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            var last = open.removeLast();
            if (last != this) {
                open.set(place, last);
                last.place = place;
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (connection.isWritable()) { // who reads no answers is silent, whatever it sends
                silent = 0;
            }
            context.fireChannelRead(message);
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the promise tells
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            silent = 0;
            context.write(message, promise);
        }

        @SuppressWarnings("FutureReturnValueIgnored") // closed is closed
        private void look() {
            if (++silent > patience) {
                if (connection.isWritable()) {
                    connection.close();
                } else {
                    connection.unsafe().close(connection.newPromise()); // else it would wait until all is sent
                }
            }
        }
    }
}
