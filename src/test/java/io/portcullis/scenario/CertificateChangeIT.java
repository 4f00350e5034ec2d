package io.portcullis.scenario;

import static io.portcullis.testing.RawHttp2.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.testing.RawHttp2;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TlsPair;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** A certificate that is renewed under a running gateway. */
class CertificateChangeIT {
    @Test
    void newConnectionsGetTheNewOneAndOldConnectionsGoOn() throws Exception {
        var pair = TlsPair.create("EC", "first");
        var next = TlsPair.create("RSA", "next");
        try (var gateway = TestGateway.by(List.of("listener-tls.yaml", "listener.yaml"), pair.environment());
                var before = RawHttp2.to(gateway.port(), pair)) {
            assertThat(before.ask(1, head("GET", "/admin/x")).stream(1).status())
                    .isEqualTo(401);
            pair.becomes(next);
            gateway.reload();
            for (int loop = 0; loop < 2 * Runtime.getRuntime().availableProcessors(); loop++) {
                try (var after = RawHttp2.to(gateway.port(), next)) {
                    assertThat(after.ask(1, head("GET", "/admin/x")).stream(1).status())
                            .isEqualTo(401);
                }
                assertThatThrownBy(() -> RawHttp2.to(gateway.port(), pair)).isInstanceOf(SSLHandshakeException.class);
            }
            assertThat(before.ask(3, head("GET", "/admin/x")).stream(3).status())
                    .isEqualTo(401);
        }
    }
}
