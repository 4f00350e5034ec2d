package io.portcullis.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 of a pooled connection to a backend, on which nothing may come but answers to what was asked, one at a time. What a backend sends
 * beyond the end of an answer, because it counts characters for bytes or gives HEAD a body, would be the beginning of somebody else's answer: such a
 * connection is closed at once, and serves nobody any more (RFC 9112, section 6.3). On its event loop.
 */
final class AnswerCodec extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {
    private boolean asked;
    private boolean askedForHead;
    private boolean closed;

    private AnswerCodec(HttpClientOptions options) {
        init(
                new Decoder(new HttpDecoderConfig()
                        .setMaxInitialLineLength(options.getMaxInitialLineLength())
                        .setMaxHeaderSize(options.getMaxHeaderSize())
                        .setMaxChunkSize(options.getMaxChunkSize())
                        .setInitialBufferSize(options.getDecoderInitialBufferSize())),
                new Encoder());
    }

    /** Puts one in the place of the codec of a connection on which nothing was asked yet. */
    static void guard(HttpConnection connection, HttpClientOptions options) {
        ((HttpClientConnectionInternal) connection)
                .channelHandlerContext()
                .pipeline()
                // By this name Vert.x removes it when the protocol is switched.
                .replace(HttpClientCodec.class, "codec", new AnswerCodec(options));
    }

    private final class Encoder extends HttpRequestEncoder {
        @Override
        protected void encode(ChannelHandlerContext context, Object message, List<Object> out) throws Exception {
            if (message instanceof HttpRequest request) {
                asked = true;
                askedForHead = HttpMethod.HEAD.equals(request.method());
            }
            super.encode(context, message, out);
        }
    }

    private final class Decoder extends HttpResponseDecoder {
        private @Nullable HttpMessage answer;
        private boolean interim;

        Decoder(HttpDecoderConfig limits) {
            super(limits);
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage message) {
            answer = message;
            interim = message instanceof HttpResponse head && head.status().code() < 200;
            boolean empty = (askedForHead && !interim) || super.isContentAlwaysEmpty(message);
            if (empty && !interim && announcesBody(message.headers())) {
                retire(); // a backend that sends the body all the same may do so when somebody else has asked
            }
            return empty;
        }

        private static boolean announcesBody(HttpHeaders headers) {
            var length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
            return (length != null && !length.equals("0")) || headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
        }

        /** Vert.x looks at it at the end of the answer, and gives the connection to nobody any more. */
        private void retire() {
            if (answer != null) {
                answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
            if (closed || !asked) {
                in.skipBytes(in.readableBytes());
                shut(context);
                return;
            }
            super.decode(context, in, out);
            if (!interim && !out.isEmpty() && out.getLast() instanceof LastHttpContent) {
                asked = false;
                if (in.isReadable()) {
                    retire();
                    shut(context); // before anybody hears of the end and asks the next thing
                }
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // closed is closed
        private void shut(ChannelHandlerContext context) {
            closed = true;
            context.close();
        }
    }
}
