package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that a proxy passes on as they are. The backend's {@code /admin/inspect} answers what it was sent. */
class ProxyProtocolIT {
    private static final String PROXY = "127.0.0.7";
    private static final String VERSION_2 = "0d0a0d0a000d0a515549540a";
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.by(List.of("listener-plain.yaml", "listener.yaml"), Map.of("PROXY_PROTOCOL", "true"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** What the backend sees as the client's address. */
    private static String addressBehind(String header, String... headers) throws Exception {
        try (var raw = RawHttp.from(PROXY, gateway.port())) {
            var answer = raw.send(header)
                    .send(RawHttp.request("GET", "/admin/inspect", "", headers))
                    .answer();
            return answer.text();
        }
    }

    private static String binary(String hex) {
        return new String(HexFormat.of().parseHex(VERSION_2 + hex), StandardCharsets.ISO_8859_1);
    }

    @Test
    void theAddressInTheHeaderIsTheClientsAndNobodyElsesWordCounts() throws Exception {
        assertThat(addressBehind("PROXY TCP4 203.0.113.9 192.0.2.1 50000 80\r\n", "X-Forwarded-For: 198.51.100.1"))
                .contains("203.0.113.9")
                .doesNotContain("198.51.100.1");
        assertThat(addressBehind("PROXY TCP6 2001:db8::9 2001:db8::1 50000 80\r\n"))
                .contains("2001:db8:");
        assertThat(addressBehind(binary("2111000c" + "cb007109" + "c0000201" + "c3500050")))
                .contains("203.0.113.9");
    }

    @Test
    void aHealthCheckOfTheProxyIsItsOwn() throws Exception {
        assertThat(addressBehind(binary("20000000"))).contains(PROXY);
        assertThat(addressBehind("PROXY UNKNOWN\r\n")).contains(PROXY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PROXY TCP4 x y 1 2\r\n",
                "PROXY TCP4 203.0.113.9\r\n",
                "proxy TCP4 203.0.113.9 192.0.2.1 50000 80\r\n",
            })
    void aProxyThatDoesNotSaySoIsClosed(String header) throws Exception {
        try (var raw = RawHttp.from(PROXY, gateway.port())) {
            assertClosed(raw.send(header + RawHttp.request("GET", "/admin/inspect", "")));
        }
    }

    @Test
    void aHeaderOfSomebodyElseIsNoRequestAndWithoutOneTheyAreServed() throws Exception {
        try (var raw = RawHttp.to(gateway.port())) {
            raw.send("PROXY TCP4 203.0.113.9 192.0.2.1 50000 80\r\n" + RawHttp.request("GET", "/admin/inspect", ""));
            assertThat(raw.answer().status()).isEqualTo(400);
        }
        assertThat(RawHttp.get(gateway.port(), "/admin/inspect").text()).doesNotContain("203.0.113.9");
    }

    private static void assertClosed(RawHttp raw) {
        org.assertj.core.api.Assertions.assertThatThrownBy(raw::answer).hasMessageStartingWith("no answer but ");
    }
}
