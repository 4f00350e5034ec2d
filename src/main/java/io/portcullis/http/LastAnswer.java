package io.portcullis.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.TimeUnit;

/**
 * The last answer of a connection of HTTP/1, because what comes behind its request could be anything. Nothing of it is served any more, whether it is there
 * already or not. Closed at once, unread bytes would make the kernel send a reset, and a client that is still writing would see that in place of the answer: so only
 * the way to the client ends at first, and what it still sends is dropped as it comes, until it has closed too, or for some seconds. On the event loop of the connection.
 */
public final class LastAnswer extends ChannelDuplexHandler {
    private static final long MILLISECONDS = 2_000;

    private boolean closes;

    private LastAnswer() {}

    /** The answer, of which nothing is sent yet, tells that it is the last one. Does nothing for HTTP/2. */
    public static void announce(HttpServerRequest request) {
        if (!StreamEnd.isOfConnection(request)) {
            return;
        }
        var headers = request.response().headers();
        headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        if (request.version() == HttpVersion.HTTP_1_0) { // else Vert.x puts its keep-alive in the place
            request.response().headersEndHandler(end -> headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
        }
        var connection = (HttpServerConnection) request.connection();
        var pipeline = connection.channelHandlerContext().pipeline();
        if (pipeline.get(LastAnswer.class) == null) {
            connection.handler(unserved -> {}).invalidRequestHandler(unserved -> {});
            pipeline.addFirst("lastAnswer", new LastAnswer());
        }
    }

    /** To be called when the announced answer is on its way. */
    public static void close(HttpServerRequest request) {
        request.connection().close();
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
        var clock = context.executor().schedule(() -> context.close(promise), MILLISECONDS, TimeUnit.MILLISECONDS);
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
