package io.portcullis.testing.legacy;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An old backend that takes everything for something, on raw sockets. It answers each request with its own target, keeps the connection, and
 * remembers every head, also those that it finds where others would see a body or the bytes of another protocol.
 */
public final class LenientBackend implements AutoCloseable {
    private static final String ANSWER = String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Set-Cookie: portcullis=planted; Path=/",
            "Set-Cookie: theirs=kept",
            "X-Auth-Subject: planted",
            "X_Auth_Role: planted",
            "Cache-Control: public, max-age=60",
            "Surrogate-Control: max-age=60",
            "Content-Length: ");

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<LenientHead> heads = new CopyOnWriteArrayList<>();

    private LenientBackend(ServerSocket server) {
        this.server = server;
    }

    public static LenientBackend start() throws IOException {
        var backend = new LenientBackend(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(backend::accept);
        return backend;
    }

    private void accept() {
        while (true) {
            try {
                var socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                var head = new LenientHead(head(in));
                heads.add(head);
                if (!head.upgrades()) {
                    body(head, in);
                }
                socket.getOutputStream().write(answer(head).getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException | NumberFormatException over) {
            sockets.remove(socket);
        }
    }

    /** The other protocol is HTTP too: what comes after the switch is the next request. */
    private static String answer(LenientHead head) {
        if (head.upgrades() && !head.target().contains("refuses")) {
            return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: " + accept(String.join("", head.values("sec-websocket-key")))
                    + "\r\n\r\n";
        }
        var body = head.method().equals("HEAD") ? "" : head.target();
        return ANSWER + head.target().length() + "\r\n\r\n" + body;
    }

    private static String accept(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                    .getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")
                && !head.toString().endsWith("\n\n")
                && !head.toString().endsWith("\n\r\n")) {
            head.append((char) next(in));
        }
        return head.toString();
    }

    private static void body(LenientHead head, InputStream in) throws IOException {
        if (head.values("transfer-encoding").stream().anyMatch(value -> value.contains("chunked"))) {
            long size = 1;
            while (size > 0) {
                size = Long.parseLong(line(in).split("[^0-9a-fA-F]", 2)[0], 16);
                in.skipNBytes(size);
                line(in);
            }
        } else if (!head.values("content-length").isEmpty()) {
            in.skipNBytes(Long.parseLong(head.values("content-length").getLast()));
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = next(in); c != '\n'; c = next(in)) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static int next(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The heads since this was last asked, the oldest first. */
    public List<LenientHead> news() {
        var news = new ArrayList<>(heads);
        heads.removeAll(news);
        return news;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
