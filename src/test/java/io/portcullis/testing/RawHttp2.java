package io.portcullis.testing;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** A connection of HTTP/2, frame by frame (RFC 9113, section 4): what no client library would send, or when it would. Waits at most thirty seconds. */
public final class RawHttp2 implements AutoCloseable {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RESET = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GO_AWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public static final int END_STREAM = 1;
    public static final int ACK = 1;
    public static final int END_HEADERS = 4;

    private static final int PRIORITY = 0x20;
    private static final int PRIORITY_BYTES = 5;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private final SSLSocket socket;
    private final DataInputStream in;

    private RawHttp2(SSLSocket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
    }

    /** What came of one stream: an answer, or how it was reset. */
    public record Stream(Http2Headers head, String body, int resetCode) {
        /** Of the answer; 0 without one. */
        public int status() {
            return head.status() == null ? 0 : Integer.parseInt(head.status().toString());
        }

        /** Whether the answer was whole, reset behind it or not. */
        public boolean reset() {
            return resetCode >= 0;
        }
    }

    public record Frame(int type, int flags, int stream, ByteBuffer payload) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    /** Shakes hands and says hello. */
    public static RawHttp2 to(int port, TlsPair pair) throws IOException {
        var connection = silent(port, pair);
        connection.send(PREFACE.getBytes(StandardCharsets.US_ASCII));
        return connection.frame(SETTINGS, 0, 0);
    }

    /** Shakes hands and says nothing. */
    public static RawHttp2 silent(int port, TlsPair pair) throws IOException {
        var socket = (SSLSocket)
                TlsPair.trusting(pair).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        socket.startHandshake();
        if (!socket.getApplicationProtocol().equals("h2")) {
            throw new IOException("no h2 but " + socket.getApplicationProtocol());
        }
        return new RawHttp2(socket);
    }

    /** As they are. */
    public RawHttp2 send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    public RawHttp2 frame(int type, int flags, int stream, byte... payload) throws IOException {
        return send(ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array());
    }

    /** A whole head on a stream that goes on. */
    public RawHttp2 open(int stream, String... lines) throws IOException {
        return frame(HEADERS, END_HEADERS, stream, block(lines));
    }

    /** A whole request without a body. */
    public RawHttp2 ask(int stream, String... lines) throws IOException {
        return frame(HEADERS, END_HEADERS | END_STREAM, stream, block(lines));
    }

    public RawHttp2 body(int stream, int flags, String text) throws IOException {
        return frame(DATA, flags, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The usual head, and these lines behind it. */
    public static String[] head(String method, String path, String... more) {
        var lines = new String[4 + more.length];
        lines[0] = ":method: " + method;
        lines[1] = ":scheme: https";
        lines[2] = ":authority: localhost";
        lines[3] = ":path: " + path;
        System.arraycopy(more, 0, lines, 4, more.length);
        return lines;
    }

    /** Lines {@code name: value} as literals that are never indexed, and nothing is looked at (RFC 7541, section 6.2.2). */
    public static byte[] block(String... lines) {
        var block = new ByteArrayOutputStream();
        for (var line : lines) {
            int colon = line.indexOf(": ", 1);
            block.write(0);
            literal(block, line.substring(0, colon));
            literal(block, line.substring(colon + 2));
        }
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, String text) {
        int length = text.length();
        if (length < 127) {
            block.write(length);
        } else { // RFC 7541, section 5.1
            block.write(127);
            for (length -= 127; length >= 128; length /= 128) {
                block.write(length % 128 + 128);
            }
            block.write(length);
        }
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The next one; fails with {@link EOFException} at the end of the connection. */
    public Frame next() throws IOException {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt() & Integer.MAX_VALUE;
            return new Frame(type, flags, stream, ByteBuffer.wrap(in.readNBytes(length)));
        } catch (SocketException | SSLException closed) {
            throw new EOFException(closed.getMessage());
        }
    }

    /** All that comes on one stream until it ends, either way; frames of others are dropped. Interim answers are passed over. */
    public Stream stream(int id) throws IOException, Http2Exception {
        var body = new StringBuilder();
        Http2Headers head = new io.netty.handler.codec.http2.DefaultHttp2Headers();
        while (true) {
            var frame = next();
            if (frame.type() == GO_AWAY) {
                throw new EOFException("go away, " + code(frame, 4));
            }
            boolean headers = frame.type() == HEADERS;
            if (headers && frame.has(PRIORITY)) {
                frame.payload().position(PRIORITY_BYTES);
            }
            var decoded = headers ? decoder.decodeHeaders(id, Unpooled.wrappedBuffer(frame.payload())) : head;
            if (frame.stream() != id) {
                continue;
            }
            if (headers) {
                head = decoded;
            } else if (frame.type() == DATA) {
                body.append(StandardCharsets.ISO_8859_1.decode(frame.payload()));
            } else if (frame.type() == RESET) {
                return new Stream(head, body.toString(), code(frame, 0));
            }
            if ((headers || frame.type() == DATA) && frame.has(END_STREAM)) {
                return new Stream(head, body.toString(), -1);
            }
        }
    }

    /** The error with which the other side ends the connection, or -1 when it only closes. */
    public int end() throws IOException {
        int code = -1;
        try {
            while (true) {
                var frame = next();
                if (frame.type() == GO_AWAY) {
                    code = code(frame, 4);
                }
            }
        } catch (EOFException closed) {
            return code;
        }
    }

    private static int code(Frame frame, int offset) {
        return frame.payload().getInt(offset);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
