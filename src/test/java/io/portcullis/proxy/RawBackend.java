package io.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend that sees bytes. It does what the test says with each connection, and keeps every head that it was asked to read. */
final class RawBackend implements Closeable {
    interface Script {
        void run(Wire wire) throws Exception;
    }

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> ends = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();

    RawBackend(Script script) throws IOException {
        this(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), script);
    }

    /** Behind TLS, for instance. */
    RawBackend(ServerSocket server, Script script) {
        this.server = server;
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    sockets.add(socket);
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> run(script, socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void run(Script script, Socket socket) {
        try (var wire = new Wire(socket)) {
            script.run(wire);
            ends.add("done");
        } catch (Exception e) {
            ends.add(e);
        }
    }

    /** Answers each request with a head and a body, and keeps the connection. */
    static RawBackend answering(String answer) throws IOException {
        var self = new RawBackend[1];
        self[0] = new RawBackend(wire -> {
            while (true) {
                var head = wire.head();
                if (head.isEmpty()) {
                    return;
                }
                self[0].heads.add(head);
                wire.send(answer);
            }
        });
        return self[0];
    }

    /** Says 100 to a head, and answers when it has read this body. */
    static RawBackend continuing(String body, String answer) throws IOException {
        var self = new RawBackend[1];
        self[0] = new RawBackend(wire -> {
            self[0].heads.add(wire.head());
            wire.send("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(wire.bytes(body.length())).isEqualTo(body);
            wire.send(answer);
        });
        return self[0];
    }

    /** Reads a head, says so, and answers nothing for as long as the connection stands. */
    static RawBackend silent(CountDownLatch asked) throws IOException {
        return new RawBackend(wire -> {
            wire.head();
            asked.countDown();
            wire.until("never");
        });
    }

    void keep(String head) {
        heads.add(head);
    }

    String head() throws InterruptedException {
        var head = heads.poll(10, TimeUnit.SECONDS);
        if (head == null) {
            throw new AssertionError("the backend saw no request");
        }
        return head;
    }

    int requestsLeft() {
        return heads.size();
    }

    /** Waits until a script is over: "done", or what it failed with. */
    Object end() throws InterruptedException {
        var end = ends.poll(10, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("the connection to the backend is still open");
        }
        return end;
    }

    int connections() {
        return connections.get();
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
