package io.portcullis.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.TimeUnit;

/**
 * The same as {@link LingeringClose} for a connection of which no request can be read any more: when Vert.x closes it behind the answer, only the way to the
 * client ends, and what the client still sends is read and dropped until it has done so too, or for some seconds.
 */
public final class LingeringEnd extends ChannelDuplexHandler {
    private boolean closes;

    private LingeringEnd() {}

    /** To be called before the answer is sent; on the event loop of the request. */
    public static void prepare(HttpServerRequest request) {
        ((HttpServerConnection) request.connection())
                .channelHandlerContext()
                .pipeline()
                .addFirst("lingeringEnd", new LingeringEnd());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the end of the way out is followed by that of the connection
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (closes || !(context.channel() instanceof DuplexChannel connection) || !connection.isActive()) {
            context.close(promise);
            return;
        }
        closes = true;
        connection.shutdownOutput();
        connection.config().setAutoRead(true);
        var clock = context.executor()
                .schedule(() -> context.close(promise), LingeringClose.MILLISECONDS, TimeUnit.MILLISECONDS);
        connection.closeFuture().addListener(closed -> clock.cancel(false));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (closes) {
            ReferenceCountUtil.release(bytes);
        } else {
            context.fireChannelRead(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!closes) {
            context.fireChannelReadComplete();
        }
    }
}
