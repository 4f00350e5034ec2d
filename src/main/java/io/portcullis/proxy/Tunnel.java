package io.portcullis.proxy;

import io.vertx.core.Context;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: bytes as they are, both ways, until one side closes or its session ends. It is known from the moment it is asked for, so that a
 * session that ends while the backend still thinks about it leaves none behind.
 */
final class Tunnel implements TunnelWatch.Watched {
    private final Optional<TunnelWatch> watch;
    private final Context context;
    private final Runnable abandon;
    private @Nullable NetSocket client;
    private @Nullable NetSocket backend;

    /**
     * Not open yet.
     *
     * @param context of the event loop that all but {@link #close} runs on
     * @param abandon gives up the opening
     */
    Tunnel(Optional<TunnelWatch> watch, Context context, Runnable abandon) {
        this.watch = watch;
        this.context = context;
        this.abandon = abandon;
    }

    /** Before anything is sent to the backend. */
    void begin() {
        watch.ifPresent(told -> told.begins(this));
    }

    /** Opens it; both sockets are paused. */
    void join(NetSocket client, NetSocket backend) {
        this.client = client;
        this.backend = backend;
        client.exceptionHandler(broken -> shut());
        backend.exceptionHandler(broken -> shut());
        client.closeHandler(closed -> shut());
        backend.closeHandler(closed -> shut());
        new Pump(client, backend, Pump.UNKNOWN, () -> {}).start(last -> {});
        new Pump(backend, client, Pump.UNKNOWN, () -> {}).start(last -> {});
    }

    @Override
    public void close() {
        context.runOnContext(now -> shut());
    }

    /** It was not opened, or is no more. */
    void forget() {
        watch.ifPresent(told -> told.ended(this));
    }

    private void shut() {
        forget();
        if (client == null || backend == null) {
            abandon.run();
        } else {
            client.close();
            backend.close();
        }
    }
}
