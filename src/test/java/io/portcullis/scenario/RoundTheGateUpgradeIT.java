package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The backend answers every upgrade with 101 and reads requests out of what follows. Only a WebSocket through the gate gets that far. */
class RoundTheGateUpgradeIT extends RoundTheGateStory {
    private static final String[] WEBSOCKET = {
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };
    private static final String INSIDE =
            "GET /admin/inside HTTP/1.1\r\nHost: localhost\r\nX-Auth-Subject: evil\r\n\r\n";

    private static String websocket(String target, String... more) {
        var lines = String.join("\r\n", WEBSOCKET) + (more.length == 0 ? "" : "\r\n" + String.join("\r\n", more));
        return RoundTheGate.head(round.nobody(), "GET " + target + " HTTP/1.1", lines) + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/ADMIN/x",
                "/admin%2fx",
                "/public/..;/admin",
                "//admin",
                "/%2561dmin",
                "/internal",
                "/users/x",
                "/reports"
            })
    void aWebSocketIsGatedBeforeItsUpgrade(String target) throws Exception {
        for (var caller : round.callers()) {
            var head = RoundTheGate.head(caller, "GET " + target + " HTTP/1.1", WEBSOCKET) + "\r\n";
            if (caller.closed().stream().anyMatch(base -> target.startsWith(base)) || !target.matches("/[a-z]+(/x)?")) {
                assertThat(round.attempt(caller, head + INSIDE)).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
                "Upgrade: h2c\r\nConnection: Upgrade",
                "Upgrade: notwebsocket\r\nConnection: Upgrade",
                "Upgrade: websocket\r\nConnection: noupgrade",
                "Upgrade: websocket",
                "Upgrade: TLS/1.0\r\nConnection: Upgrade",
                "Upgrade: websocket\r\nConnection: Upgrade",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 777\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short",
                "Upgrade: websocket, h2c\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Up_grade: websocket\r\nConnection: Up_grade",
                "HTTP_UPGRADE: h2c",
                "HTTP2_Settings: x"
            })
    void whatIsNoWebSocketIsNeverUpgraded(String lines) throws Exception {
        for (var caller : round.callers()) {
            for (var target : new String[] {"/public/x", "/admin/x", "/users/x"}) {
                var answers = round.attempt(
                        caller, RoundTheGate.head(caller, "GET " + target + " HTTP/1.1", lines) + "\r\n" + INSIDE);
                assertThat(answers).as(lines).noneMatch(answer -> answer.status() == 101);
            }
        }
    }

    @Test
    void aWebSocketThatTheBackendRefusesIsNoTunnel() throws Exception {
        for (int i = 0; i < 70; i++) { // more than a pool of connections
            round.backend().news();
            try (var raw = RawHttp.to(round.gateway().port())) {
                raw.send(websocket("/public/refuses") + INSIDE);
                assertThat(raw.until("/public/refuses")).startsWith("HTTP/1.1 200");
            }
            assertThat(round.backend().news()).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(RawHttp.get(round.gateway().port(), "/public/x").text()).isEqualTo("/public/x");
    }

    @Test
    void aHeadOfAnUpgradeIsCleanToo() throws Exception {
        round.backend().news();
        try (var raw = RawHttp.to(round.gateway().port())) {
            raw.send(websocket(
                    "/public/x",
                    "X-Auth-Subject: evil",
                    "X_Auth_Role: evil",
                    "X-Forwarded-For: evil",
                    "X-Original-URL: /admin",
                    "Connection: X-Auth-Level"));
            assertThat(raw.until("\r\n\r\n")).startsWith("HTTP/1.1 101").doesNotContain("planted");
            assertThat(round.checkBackend(round.nobody(), "an upgrade")).hasSize(1);
        }
    }
}
