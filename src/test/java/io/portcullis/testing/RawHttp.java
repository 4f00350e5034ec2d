package io.portcullis.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A connection of HTTP/1.1, byte for byte: what no client library would send, or when it would. */
public final class RawHttp implements AutoCloseable {
    private final Socket socket;

    private RawHttp(Socket socket) {
        this.socket = socket;
    }

    public static RawHttp to(int port) throws IOException {
        return from("127.0.0.1", port);
    }

    /** From another address of this machine, which Linux has without setting it up: {@code 127.0.0.2} and so on. */
    public static RawHttp from(String address, int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0);
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        return new RawHttp(socket);
    }

    /** A request without a body, and its answer. */
    public static Answer get(int port, String target, String... headers) throws IOException {
        try (var raw = to(port)) {
            return raw.send(request("GET", target, "", headers)).answer();
        }
    }

    /** A request that asks the server to close; characters are ISO 8859-1. */
    public static String request(String method, String target, String body, String... headers) {
        var request =
                new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (var header : headers) {
            request.append(header).append("\r\n");
        }
        if (!body.isEmpty()) {
            request.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(body.length())
                    .append("\r\n");
        }
        return request.append("\r\n").append(body).toString();
    }

    public RawHttp send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Reads until this text has come; fails when the server closes before. */
    public String until(String text) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the end, and not " + text + " but " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /** Reads so many bytes; fails when the server closes before. */
    public void read(int bytes) throws IOException {
        int read = socket.getInputStream().readNBytes(bytes).length;
        if (read < bytes) {
            throw new IOException("the end after " + read + " of " + bytes + " bytes");
        }
    }

    /** All that comes until the server closes, read as an answer; fails when it is none. */
    public Answer answer() throws IOException {
        var all = bytes();
        return answer(all, 0, endOfHead(all, 0), all.length);
    }

    /** All that comes until the server closes, read as answers whose length is told; fails when it is anything else. */
    public List<Answer> answers() throws IOException {
        var all = bytes();
        var answers = new ArrayList<Answer>();
        for (int start = 0; start < all.length; ) {
            int body = endOfHead(all, start) + 4;
            int end = body + length(answer(all, start, body - 4, body));
            if (end > all.length) {
                throw new IOException("no whole answer but " + text(all, start, all.length));
            }
            answers.add(answer(all, start, body - 4, end));
            start = end;
        }
        return answers;
    }

    /** The next answer, whose length is told; the connection stays. Fails when the server closes before. */
    public Answer next() throws IOException {
        var head = until("\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        int length = length(answer(head, 0, head.length - 4, head.length));
        var all = Arrays.copyOf(head, head.length + length);
        if (socket.getInputStream().readNBytes(all, head.length, length) < length) {
            throw new IOException("the end in the middle of an answer");
        }
        return answer(all, 0, head.length - 4, all.length);
    }

    private static int length(Answer head) {
        boolean bodiless = head.status() < 200 || head.status() == 204 || head.status() == 304;
        return bodiless ? 0 : Integer.parseInt(head.header("Content-Length").orElseThrow());
    }

    private static int endOfHead(byte[] all, int start) throws IOException {
        int end = text(all, 0, all.length).indexOf("\r\n\r\n", start);
        if (end < 0) {
            throw new IOException("no answer but " + text(all, start, all.length));
        }
        return end;
    }

    private static String text(byte[] all, int start, int end) {
        return new String(all, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static Answer answer(byte[] all, int start, int endOfHead, int end) {
        var lines = text(all, start, endOfHead).split("\r\n", -1);
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.computeIfAbsent(lines[i].substring(0, colon), name -> new ArrayList<>())
                    .add(lines[i].substring(colon + 1).trim());
        }
        int status = Integer.parseInt(lines[0].split(" ", 3)[1]);
        return new Answer(
                status,
                HttpHeaders.of(headers, (name, value) -> true),
                Arrays.copyOfRange(all, Math.min(endOfHead + 4, end), end));
    }

    private byte[] bytes() throws IOException {
        var read = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(read);
        } catch (java.net.SocketException reset) {
            return read.toByteArray(); // what came before it counts
        }
        return read.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
