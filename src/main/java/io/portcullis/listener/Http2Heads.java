package io.portcullis.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Lets a head of HTTP/2 say what one of HTTP/1 does, so that all behind it has one form to judge: {@code :authority} is {@code Host}, and a body
 * without a length is {@code Transfer-Encoding: chunked}. Such a header from a client never gets here, the decoder refuses it (RFC 9113, section
 * 8.2.2). What HTTP/1 could not say at all, and so could become another request on the way to a backend, is refused as malformed: its stream is
 * reset. On event loops.
 */
final class Http2Heads extends Http2FrameListenerDecorator {
    private static final String CHUNKED = "chunked";

    Http2Heads(Http2FrameListener next) {
        super(next);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean endOfStream)
            throws Http2Exception {
        translate(stream, headers, endOfStream);
        super.onHeadersRead(context, stream, headers, padding, endOfStream);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        translate(stream, headers, endOfStream);
        super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, endOfStream);
    }

    private static void translate(int stream, Http2Headers headers, boolean endOfStream) throws Http2Exception {
        var method = headers.method();
        if (method == null) {
            return; // trailers, which go nowhere
        }
        if (!isToken(method, 0) || headers.get(":protocol") != null) { // extended CONNECT (RFC 8441) is not offered
            throw malformed(stream);
        }
        for (var header : headers) {
            var name = header.getKey();
            boolean pseudo = name.length() > 0 && name.charAt(0) == ':';
            if (!isToken(name, pseudo ? 1 : 0) || !isValue(header.getValue())) {
                throw malformed(stream);
            }
        }
        host(headers);
        if (!endOfStream && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, CHUNKED);
        }
    }

    /** Two that differ become two {@code Host} headers, which nobody is served for. */
    private static void host(Http2Headers headers) {
        var authority = headers.authority();
        var hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty()) {
            if (authority != null) {
                headers.set(HttpHeaderNames.HOST, authority);
            }
            return;
        }
        headers.authority(hosts.getFirst()); // Vert.x wants them the same, and takes away a Host that stands alone
        if (authority != null && !hosts.getFirst().toString().equalsIgnoreCase(authority.toString())) {
            headers.add(HttpHeaderNames.HOST, authority);
        }
    }

    private static Http2Exception malformed(int stream) {
        return Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, "malformed");
    }

    /** RFC 9110, section 5.6.2. */
    private static boolean isToken(CharSequence name, int from) {
        for (int i = from; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7f || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
                return false;
            }
        }
        return name.length() > from;
    }

    /** RFC 9113, section 8.2.1. */
    private static boolean isValue(CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0 || c == '\r' || c == '\n') {
                return false;
            }
        }
        return true;
    }
}
