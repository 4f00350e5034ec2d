package io.portcullis.proxy;

/** Whoever closes the WebSockets of a session when it ends. Told on the event loop of each. */
public interface TunnelWatch {
    /** One that may be closed, again and again, on any thread. */
    interface Watched {
        void close();
    }

    /** One was asked for; nothing was sent to the backend yet. */
    void begins(Watched tunnel);

    /** It was not opened, or is no more. May be told more than once. */
    void ended(Watched tunnel);
}
