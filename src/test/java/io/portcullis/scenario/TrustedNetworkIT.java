package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Listening;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a trusted network a login needs no code, and what it opens is open in that network alone. */
@ExtendWith(TestGateways.class)
class TrustedNetworkIT {
    private static final String OFFICE = "127.0.0.9";
    private static final String ELSEWHERE = "127.0.0.1";

    /** Of a role that skips the second factor at the office. */
    private static final LegacyAccount BOB = LegacyAccounts.BOB;

    @ParameterizedTest
    @ValueSource(strings = {"/auth/login", "/admin/login"})
    void aLoginAtTheOfficeNeedsNoCode(String route, @OwnRealm TestGateway gateway) throws Exception {
        gateway.loggedIn(BOB).enrolled();
        assertThat(login(gateway, ELSEWHERE, route, BOB).json("/mfaRequired")).isEqualTo(true);
        var token = login(gateway, OFFICE, route, BOB).string("/token");
        assertThat(get(gateway.port(), OFFICE, "/auth/me", token)
                        .json("/session/amr")
                        .toString())
                .isEqualTo("[\"pwd\",\"network\"]");
        assertThat(AuditLog.typesAndDetails(gateway.realm(), "2"))
                .containsSequence("SECOND_FACTOR_SKIPPED network", "LOGIN_SUCCEEDED pwd network");
    }

    @Test
    void itsSessionIsTwoFactorThereAloneAlsoOutOfTheCache(@OwnRealm TestGateway gateway) throws Exception {
        gateway.loggedIn(BOB).enrolled();
        var token = login(gateway, OFFICE, "/auth/login", BOB).string("/token");
        for (int port : new int[] {gateway.port(), gateway.secondPort()}) {
            for (int i = 0; i < 5; i++) {
                assertThat(get(port, OFFICE, "/admin/metrics", token).status()).isEqualTo(200);
                assertThat(get(port, ELSEWHERE, "/admin/metrics", token).code()).isEqualTo("2FA_REQUIRED");
            }
        }
    }

    @Test
    void ownRoutesKnowTheDifferenceToo(@OwnRealm TestGateway gateway) throws Exception {
        gateway.loggedIn(BOB).enrolled();
        var token = login(gateway, OFFICE, "/auth/login", BOB).string("/token");
        assertThat(get(gateway.port(), OFFICE, "/auth/sessions", token).status())
                .isEqualTo(200);
        assertThat(get(gateway.port(), ELSEWHERE, "/auth/sessions", token).code())
                .isEqualTo("2FA_REQUIRED");
        assertThat(get(gateway.port(), ELSEWHERE, "/auth/me", token).json("/session/level"))
                .isEqualTo("one-factor");
    }

    @Test
    void aWebSocketOpensThereAlone(@OwnRealm TestGateway gateway) throws Exception {
        gateway.loggedIn(BOB).enrolled();
        var token = login(gateway, OFFICE, "/auth/login", BOB).string("/token");
        var bob = gateway.nobody().holding(token);
        assertThatThrownBy(() -> bob.open("/admin/echo", new Listening()).get(20, TimeUnit.SECONDS))
                .hasMessageContaining("WebSocketHandshakeException");
        try (var raw = RawHttp.from(OFFICE, gateway.port())) {
            raw.send("GET /admin/echo HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Authorization: Bearer " + token + "\r\n\r\n");
            assertThat(raw.until("\r\n\r\n")).startsWith("HTTP/1.1 101");
        }
    }

    @Test
    void aHeaderMovesNobodyIntoTheOffice(@OwnRealm TestGateway gateway) throws Exception {
        gateway.loggedIn(BOB).enrolled();
        var token = login(gateway, OFFICE, "/auth/login", BOB).string("/token");
        var liar = gateway.nobody().with("X-Forwarded-For", OFFICE).with("Forwarded", "for=" + OFFICE);
        assertThat(liar.holding(token).get("/admin/metrics").code()).isEqualTo("2FA_REQUIRED");
        assertThat(liar.post("/auth/login", TestGateway.form(BOB)).json("/mfaRequired"))
                .isEqualTo(true);
    }

    @Test
    void aRoleThatIsNotNamedNeedsItsCodeThere(@OwnRealm TestGateway gateway) throws Exception {
        gateway.loggedIn(LegacyAccounts.ALICE).enrolled();
        assertThat(login(gateway, OFFICE, "/auth/login", LegacyAccounts.ALICE).json("/mfaRequired"))
                .isEqualTo(true);
    }

    @Test
    void whoHasNoSecondFactorMustSetOneUpThereToo(@OwnRealm TestGateway gateway) throws Exception {
        var token = login(gateway, OFFICE, "/auth/login", BOB).string("/token");
        assertThat(get(gateway.port(), OFFICE, "/admin/metrics", token).code()).isEqualTo("2FA_MANDATORY");
    }

    @Test
    void aRuleThatNamesMethodsIsNotSatisfied(@OwnRealm TestGateway gateway) throws Exception {
        gateway.loggedIn(BOB).enrolled();
        var token = login(gateway, OFFICE, "/auth/login", BOB).string("/token");
        assertThat(get(gateway.port(), OFFICE, "/admin/inspect", token).code()).isEqualTo("2FA_REQUIRED");
    }

    @Test
    void aCodeThatIsProvedThereCountsEverywhere(@OwnRealm TestGateway gateway) throws Exception {
        var bob = gateway.loggedIn(BOB).enrolled();
        var token = login(gateway, OFFICE, "/auth/login", BOB).string("/token");
        assertThat(bob.holding(token).verify(bob.app().nextCode()).status()).isEqualTo(200);
        assertThat(get(gateway.port(), ELSEWHERE, "/admin/metrics", token).status())
                .isEqualTo(200);
    }

    private static Answer login(TestGateway gateway, String address, String route, LegacyAccount account)
            throws IOException {
        try (var raw = RawHttp.from(address, gateway.port())) {
            return raw.send(RawHttp.request(
                            "POST", route, TestGateway.form(account).encode()))
                    .answer();
        }
    }

    private static Answer get(int port, String address, String path, String token) throws IOException {
        try (var raw = RawHttp.from(address, port)) {
            return raw.send(RawHttp.request("GET", path, "", "Authorization: Bearer " + token))
                    .answer();
        }
    }
}
