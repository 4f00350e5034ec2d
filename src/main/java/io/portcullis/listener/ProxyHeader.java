package io.portcullis.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The header with which a connection of a proxy begins that passes bytes on as they are (PROXY protocol, versions 1 and 2). Its source becomes the
 * address of the client. A connection that begins otherwise is closed.
 */
final class ProxyHeader extends SimpleChannelInboundHandler<HAProxyMessage> {
    private ProxyHeader() {}

    /** At the head of a pipeline, before anything reads. */
    static void expect(ChannelPipeline pipeline) {
        pipeline.addLast(new HAProxyMessageDecoder(), new ProxyHeader());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closed is closed
    @Override
    protected void channelRead0(ChannelHandlerContext context, HAProxyMessage header) {
        var protocol = header.proxiedProtocol();
        boolean own = header.command() == HAProxyCommand.LOCAL || protocol == HAProxyProxiedProtocol.UNKNOWN;
        if (!own) {
            if (protocol != HAProxyProxiedProtocol.TCP4 && protocol != HAProxyProxiedProtocol.TCP6) {
                context.close();
                return;
            }
            var client = SocketAddress.inetSocketAddress(header.sourcePort(), header.sourceAddress());
            context.channel().attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE).set(client);
        }
        context.pipeline().remove(this);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closed is closed
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
        context.close();
    }
}
