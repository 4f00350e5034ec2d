package io.portcullis.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** The opening handshake of RFC 6455, section 4, to the letter: whatever else calls itself an upgrade is none, and its {@code Upgrade} is dropped. */
final class WebSocketHandshake {
    private static final String KEY = "Sec-WebSocket-Key";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private WebSocketHandshake() {}

    static boolean isAskedBy(HttpServerRequest request) {
        var headers = request.headers();
        return headers.contains(HttpHeaders.UPGRADE)
                && request.method().equals(HttpMethod.GET)
                && request.version() == HttpVersion.HTTP_1_1
                && isOnly(headers, "Upgrade", "websocket")
                && isOnly(headers, "Sec-WebSocket-Version", "13")
                && namesUpgrade(headers)
                && hasKey(headers)
                && !headers.contains(HttpHeaders.CONTENT_LENGTH)
                && !headers.contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Whether an answer of status 101 is the one to this request's key. */
    static boolean isAcceptedBy(HttpClientResponse answer, HttpServerRequest request) {
        var accept = Base64.getEncoder()
                .encodeToString(sha1(request.headers().getAll(KEY).getFirst().strip() + GUID));
        return isOnly(answer.headers(), "Upgrade", "websocket")
                && namesUpgrade(answer.headers())
                && answer.headers().getAll("Sec-WebSocket-Accept").equals(List.of(accept));
    }

    private static boolean isOnly(MultiMap headers, String name, String value) {
        var values = headers.getAll(name);
        return values.size() == 1 && values.getFirst().strip().equalsIgnoreCase(value);
    }

    private static boolean namesUpgrade(MultiMap headers) {
        for (var line : headers.getAll(HttpHeaders.CONNECTION)) {
            for (var option : line.split(",", -1)) {
                if (option.strip().equalsIgnoreCase("upgrade")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasKey(MultiMap headers) {
        var keys = headers.getAll(KEY);
        try {
            return keys.size() == 1
                    && Base64.getDecoder().decode(keys.getFirst().strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-1", e);
        }
    }
}
