package io.portcullis.proxy;

import io.vertx.core.Context;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: bytes as they are, both ways, until one side closes or its session ends. It is known from the moment it is asked for, so that a
 * session that ends while the backend still thinks about it leaves none behind.
 */
final class Tunnel {
    private final Tunnels tunnels;
    private final Optional<String> key;
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
    Tunnel(Tunnels tunnels, Optional<String> key, Context context, Runnable abandon) {
        this.tunnels = tunnels;
        this.key = key;
        this.context = context;
        this.abandon = abandon;
        key.ifPresent(known -> tunnels.add(known, this));
    }

    /** Opens it; both sockets are paused. */
    void join(NetSocket client, NetSocket backend) {
        this.client = client;
        this.backend = backend;
        client.exceptionHandler(broken -> shut());
        backend.exceptionHandler(broken -> shut());
        client.closeHandler(closed -> shut());
        backend.closeHandler(closed -> shut());
        new Pump(client, backend, () -> {}).start(() -> {});
        new Pump(backend, client, () -> {}).start(() -> {});
    }

    /** For any thread. */
    void close() {
        context.runOnContext(now -> shut());
    }

    /** It was not opened, or is no more. */
    void forget() {
        key.ifPresent(known -> tunnels.remove(known, this));
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
