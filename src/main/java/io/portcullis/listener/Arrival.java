package io.portcullis.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes a connection that is not ready for requests in time: whose PROXY header, TLS handshake or beginning of HTTP/2 drags on. Leaves when it is. */
final class Arrival extends ChannelInboundHandlerAdapter {
    private final Duration limit;
    private final Runnable late;
    private @Nullable Future<?> due;

    Arrival(Duration limit, Runnable late) {
        this.limit = limit;
        this.late = late;
    }

    /** Only now is the connection on its event loop. */
    @SuppressWarnings("FutureReturnValueIgnored") // closed is closed
    @Override
    public void channelActive(ChannelHandlerContext context) {
        due = context.executor()
                .schedule(
                        () -> {
                            late.run();
                            context.close();
                        },
                        limit.toMillis(),
                        TimeUnit.MILLISECONDS);
        context.fireChannelActive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (due != null) {
            due.cancel(false);
        }
    }
}
