package io.portcullis.adapter.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;

/** Free ports of 127.0.0.1. */
final class Ports {
    static final String LOOPBACK = "127.0.0.1";

    /** Somebody else may take a port between the choice and the start; three times in a row is no accident. */
    private static final int ATTEMPTS = 3;

    interface Server<T> {
        T start(int port) throws IOException;
    }

    private Ports() {}

    /** Starts a server on a free port, on another one when that fails. */
    static <T> T start(Server<T> server) throws IOException {
        var failures = new ArrayList<IOException>();
        while (failures.size() < ATTEMPTS) {
            try {
                return server.start(free());
            } catch (IOException e) {
                failures.add(e);
            }
        }
        var last = failures.removeLast();
        failures.forEach(last::addSuppressed);
        throw last;
    }

    static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(LOOPBACK, new byte[] {127, 0, 0, 1});
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }
}
