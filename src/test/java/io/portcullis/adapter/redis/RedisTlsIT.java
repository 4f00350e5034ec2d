package io.portcullis.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.testing.PrivateCa;
import io.portcullis.testing.Stores;
import io.vertx.redis.client.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Redis behind TLS: whom the authority signed for the very name, and nobody else. */
class RedisTlsIT {
    private static final PrivateCa CA = PrivateCa.shared();

    private static ServerSocket listening;

    @BeforeAll
    static void listen() throws IOException {
        listening = CA.server().getServerSocketFactory().createServerSocket(0);
        Thread.ofVirtual().start(RedisTlsIT::accept);
    }

    @AfterAll
    static void close() throws IOException {
        listening.close();
    }

    private static void accept() {
        try {
            while (true) {
                var client = listening.accept();
                var redis = new Socket(
                        InetAddress.getLoopbackAddress(),
                        RedisUrl.of(Stores.redisUrl()).node().port());
                Thread.ofVirtual().start(() -> copy(client, redis));
                Thread.ofVirtual().start(() -> copy(redis, client));
            }
        } catch (IOException closed) {
            // that is how it ends
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // that is how it ends
        }
    }

    private static RedisStore at(String host, boolean known) throws IOException {
        var url = Stores.redisUrl()
                .replace("redis://", "rediss://")
                .replaceFirst("@.*", "@" + host + ":" + listening.getLocalPort());
        var ca = known ? Optional.of(Files.readString(CA.pem())) : Optional.<String>empty();
        return RedisStore.open(Stores.vertx(), new RedisSettings.Standalone(RedisUrl.of(url), ca));
    }

    @Test
    void whomTheAuthoritySigned() throws IOException {
        try (var redis = at("127.0.0.1", true)) {
            redis.call(Command.SET, "over-tls", "yes");
            assertThat(String.valueOf(redis.call(Command.GET, "over-tls"))).isEqualTo("yes");
        }
    }

    @Test
    void nobodyOfAnUnknownAuthority() throws IOException {
        try (var redis = at("127.0.0.1", false)) {
            assertThatThrownBy(redis::ping).hasMessage("STORE_UNAVAILABLE");
        }
    }

    @Test
    void nobodyUnderAnotherName() throws IOException {
        try (var redis = at("127.0.0.2", true)) {
            assertThatThrownBy(redis::ping).hasMessage("STORE_UNAVAILABLE");
        }
    }
}
