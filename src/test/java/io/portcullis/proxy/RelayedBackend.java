package io.portcullis.proxy;

import io.portcullis.testing.Relay;
import java.io.Closeable;
import java.io.IOException;

/** A backend that can be cut off, with all of its connections, and be back at the same port. */
final class RelayedBackend implements Closeable {
    private final RawBackend backend;
    private final Relay relay;

    RelayedBackend(String name) throws IOException {
        backend = RawBackend.answering("HTTP/1.1 200 OK\r\nX-Name: " + name + "\r\nContent-Length: 0\r\n\r\n");
        relay = Relay.to(backend.port());
    }

    int port() {
        return relay.port();
    }

    void cut() {
        relay.cut();
    }

    void mend() {
        relay.mend();
    }

    int served() {
        return backend.requestsLeft();
    }

    @Override
    public void close() throws IOException {
        relay.close();
        backend.close();
    }
}
