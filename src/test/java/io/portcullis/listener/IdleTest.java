package io.portcullis.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.portcullis.domain.limits.Rate;
import io.portcullis.testing.LocalListener;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdleTest {
    private static final ListenerLimits ONE_SECOND = new ListenerLimits(
            16 * 1024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            100,
            0,
            100,
            new Rate(200, Duration.ofMinutes(1)));

    private final IdleClocks clocks = new IdleClocks(2);

    @Test
    void aConnectionMayBeIdleForAsLongAsABackendMayTake() {
        assertThat(Connections.idle(ListenerLimits.DEFAULTS, Duration.ofSeconds(30)))
                .hasSeconds(60);
        assertThat(Connections.idle(ListenerLimits.DEFAULTS, Duration.ofSeconds(90)))
                .hasSeconds(100);
    }

    @Test
    void whoIsSilentForTooLongIsClosed() {
        var silent = open();
        var reading = open();
        var writing = open();
        for (int look = 0; look < 3; look++) {
            assertThat(silent.isOpen()).isTrue();
            reading.writeInbound(Unpooled.buffer());
            writing.writeOutbound(Unpooled.buffer());
            clocks.look();
        }
        assertThat(silent.isOpen()).isFalse();
        assertThat(reading.isOpen()).isTrue();
        assertThat(writing.isOpen()).isTrue();
    }

    @Test
    void thoseThatAreLeftAreLookedAtWhenOneLeaves() {
        var first = open();
        var second = open();
        var third = open();
        first.close().syncUninterruptibly();
        for (int look = 0; look < 3; look++) {
            second.writeInbound(Unpooled.buffer());
            clocks.look();
        }
        assertThat(second.isOpen()).isTrue();
        assertThat(third.isOpen()).isFalse();
    }

    private EmbeddedChannel open() {
        var channel = new EmbeddedChannel();
        channel.pipeline().addFirst(clocks.clock(channel));
        return channel;
    }

    @Test
    void theListenerLooks() throws Exception {
        var settings = LocalListener.settings(ONE_SECOND, Optional.empty());
        var vertx = Vertx.vertx();
        try {
            var options = ListenerOptions.of(settings);
            var connections = new Connections(settings, options, Duration.ofSeconds(-9));
            var server = vertx.createHttpServer(options)
                    .connectionHandler(connections.onLoop(vertx))
                    .requestHandler(request -> request.response().end())
                    .listen()
                    .await();
            try (var silent = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
                silent.setSoTimeout(30_000);
                assertThat(silent.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            vertx.close().await();
        }
    }
}
