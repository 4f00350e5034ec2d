package io.portcullis.scenario;

import static io.portcullis.scenario.ListenerLimitsIT.closed;
import static io.portcullis.scenario.ListenerLimitsIT.overTls;
import static io.portcullis.testing.RawHttp2.END_HEADERS;
import static io.portcullis.testing.RawHttp2.END_STREAM;
import static io.portcullis.testing.RawHttp2.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.testing.RawHttp2;
import io.portcullis.testing.TlsPair;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients that take more than is theirs, in the ways that only HTTP/2 has. */
class Http2LimitsIT {
    private static final int ENHANCE_YOUR_CALM = 11;

    @Test
    void aBeginningOfHttp2ThatNeverComesIsCutOff() throws Exception {
        try (var gateway = overTls(Map.of("HEAD_TIME", "3s"));
                var client = RawHttp2.silent(gateway.port(), TlsPair.shared())) {
            client.end();
            assertThat(closed(gateway, "late")).isEqualTo(1);
        }
    }

    @Test
    void aHeadOfHttp2ThatIsNeverEndedIsCutOff() throws Exception {
        try (var gateway = overTls(Map.of("HEAD_TIME", "3s"));
                var client = RawHttp2.to(gateway.port(), TlsPair.shared())) {
            client.frame(RawHttp2.PING, 0, 0, new byte[8]);
            while (client.next().type()
                    != RawHttp2.PING) {} // whatever else comes first: from here on the head is alone
            client.frame(RawHttp2.HEADERS, END_STREAM, 1, RawHttp2.block(head("GET", "/")));
            client.end();
            assertThat(closed(gateway, "late")).isEqualTo(1);
        }
    }

    @Test
    void rapidResetsEndTheConnection() throws Exception {
        try (var gateway = overTls(Map.of("RESETS", "20/1m"));
                var client = RawHttp2.to(gateway.port(), TlsPair.shared())) {
            assertThatThrownBy(() -> {
                        for (int stream = 1; stream < 20_000; stream += 2) {
                            client.ask(stream, head("GET", "/public/x"));
                            client.frame(RawHttp2.RESET, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 8);
                        }
                        client.ask(20_001, head("GET", "/public/x"));
                        client.stream(20_001);
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void resetsThatTheServerIsMadeToSendCountToo() throws Exception {
        try (var gateway = overTls(Map.of("RESETS", "20/1m"));
                var client = RawHttp2.to(gateway.port(), TlsPair.shared())) {
            assertThatThrownBy(() -> {
                        for (int stream = 1; stream < 20_000; stream += 2) {
                            client.ask(stream, head("GET", "/public/x", "connection: close"));
                        }
                        client.stream(19_999);
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void continuationsWithoutEndEndTheConnection() throws Exception {
        try (var gateway = overTls(Map.of());
                var client = RawHttp2.to(gateway.port(), TlsPair.shared())) {
            client.frame(RawHttp2.HEADERS, END_STREAM, 1, RawHttp2.block(head("GET", "/")));
            assertThatThrownBy(() -> {
                        while (true) {
                            client.frame(RawHttp2.CONTINUATION, 0, 1, RawHttp2.block("x-more: 1"));
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aHeadThatIsTooLargeIsRefused() throws Exception {
        try (var gateway = overTls(Map.of());
                var client = RawHttp2.to(gateway.port(), TlsPair.shared())) {
            client.frame(RawHttp2.HEADERS, END_STREAM, 1, RawHttp2.block(head("GET", "/")));
            client.frame(RawHttp2.CONTINUATION, 0, 1, RawHttp2.block("x-one: " + "x".repeat(10_000)));
            client.frame(RawHttp2.CONTINUATION, END_HEADERS, 1, RawHttp2.block("x-two: " + "x".repeat(10_000)));
            try {
                assertThat(client.stream(1).status()).isEqualTo(431);
            } catch (EOFException closed) {
                assertThat(closed).hasMessageContaining(Integer.toString(ENHANCE_YOUR_CALM));
            }
        }
    }

    @Test
    void moreStreamsThanAllowedAreRefused() throws Exception {
        try (var gateway = overTls(Map.of("STREAMS", "2"));
                var client = RawHttp2.to(gateway.port(), TlsPair.shared())) {
            for (int stream = 1; stream <= 5; stream += 2) {
                client.open(stream, head("POST", "/public/x"));
            }
            assertThat(client.stream(5).reset()).isTrue();
        }
    }
}
