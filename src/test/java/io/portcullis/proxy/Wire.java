package io.portcullis.proxy;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** One end of a connection, byte for byte; characters are ISO 8859-1. Waits at most ten seconds for what it is asked to read. */
final class Wire implements Closeable {
    /** What accepts a WebSocket whose key is that of RFC 6455, section 1.3. */
    static final String SWITCHED = head(
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

    private final Socket socket;
    private final InputStream in;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    static Wire to(int port) throws IOException {
        return new Wire(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    Wire send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Up to and with the empty line; what came before the end of the connection when that comes first. */
    String head() throws IOException {
        return until("\r\n\r\n");
    }

    String until(String end) throws IOException {
        var read = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                return read.toString(StandardCharsets.ISO_8859_1);
            }
            read.write(next);
            if (next == end.charAt(end.length() - 1)
                    && read.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
                return read.toString(StandardCharsets.ISO_8859_1);
            }
        }
    }

    String bytes(int count) throws IOException {
        return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** A head whose body of known length is read too, and dropped. */
    String answer() throws IOException {
        var head = head();
        var length = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n").matcher(head);
        if (length.find()) {
            bytes(Integer.parseInt(length.group(1)));
        }
        return head;
    }

    /** All up to the end of the connection, however that ends. */
    String rest() {
        var read = new ByteArrayOutputStream();
        try {
            in.transferTo(read);
        } catch (SocketException reset) {
            return read.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the other side closed or reset and sent nothing more. */
    boolean closed() {
        return rest().isEmpty();
    }

    Socket socket() {
        return socket;
    }

    /** Closes at once, as a client does that is gone. */
    void leave() throws IOException {
        socket.close();
    }

    /** A message head, with the empty line at its end. */
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** Ends with a reset in place of an end. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
