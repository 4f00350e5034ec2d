package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every login is written down, and more so one by a client that the account does not know. */
@ExtendWith(TestGateways.class)
class KnownClientsIT {
    private static final LegacyAccount BOB = LegacyAccounts.BOB;
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    private static final String UPDATED = FIREFOX.replace("128", "130");

    @Test
    void aLoginWithoutASecondFactorIsToldWhenItsClientIsNew(@OwnRealm TestGateway gateway) throws Exception {
        login(gateway.port(), "/auth/login", "127.0.2.1", FIREFOX);
        login(gateway.port(), "/admin/login", "127.0.2.7", UPDATED);
        assertThat(told(gateway)).containsExactly("LOGIN_SUCCEEDED pwd", "LOGIN_SUCCEEDED pwd");
        login(gateway.secondPort(), "/admin/login", "127.0.3.1", FIREFOX);
        login(gateway.port(), "/auth/login", "127.0.2.1", "curl/8.5");
        login(gateway.port(), "/auth/login", "127.0.4.1", "Safari");
        login(gateway.secondPort(), "/auth/login", "127.0.4.2", "Safari");
        assertThat(told(gateway).subList(2, told(gateway).size()))
                .containsExactly(
                        "LOGIN_SUCCEEDED pwd",
                        "NEW_CLIENT network",
                        "LOGIN_SUCCEEDED pwd",
                        "NEW_CLIENT device",
                        "LOGIN_SUCCEEDED pwd",
                        "NEW_CLIENT network device",
                        "SUSPICIOUS_LOGIN new-client",
                        "LOGIN_SUCCEEDED pwd");
    }

    @Test
    void aLoginIsWrittenDownWhenItIsCompleteAndNotBefore(@OwnRealm TestGateway gateway) throws Exception {
        var bob = gateway.loggedIn(BOB).enrolled();
        var before = told(gateway);
        var tempToken = gateway.login(BOB).string("/mfaTempToken");
        assertThat(told(gateway)).isEqualTo(before);
        gateway.nobody().verifyLogin(tempToken, bob.app().wrongCode());
        gateway.nobody().verifyLogin(tempToken, bob.app().nextCode());
        assertThat(told(gateway).subList(before.size(), told(gateway).size()))
                .containsExactly("LOGIN_SUCCEEDED pwd otp");
    }

    @Test
    void aRightCodeAfterThreeWrongOnesIsSuspicious(@OwnRealm TestGateway gateway) throws Exception {
        var bob = gateway.loggedIn(BOB).enrolled();
        var tempToken = gateway.login(BOB).string("/mfaTempToken");
        for (int i = 0; i < 3; i++) {
            gateway.nobody().verifyLogin(tempToken, bob.app().wrongCode());
        }
        gateway.nobody().verifyLogin(tempToken, bob.app().nextCode());
        assertThat(told(gateway)).endsWith("LOGIN_SUCCEEDED pwd otp", "SUSPICIOUS_LOGIN failures");
    }

    @Test
    void aStepUpIsNoLoginButItsClientMayBeNew(@OwnRealm TestGateway gateway) throws Exception {
        var bob = gateway.loggedIn(BOB).enrolled();
        var before = told(gateway);
        try (var raw = RawHttp.from("127.0.5.1", gateway.port())) {
            var body = JsonObject.of("code", bob.app().nextCode()).encode();
            var answer = raw.send(
                            RawHttp.request("POST", "/auth/mfa/verify", body, "Authorization: Bearer " + bob.token()))
                    .answer();
            assertThat(answer.status()).isEqualTo(200);
        }
        assertThat(told(gateway).subList(before.size(), told(gateway).size()))
                .containsExactly("NEW_CLIENT network device", "SUSPICIOUS_LOGIN new-client");
    }

    private static Answer login(int port, String route, String address, String userAgent) throws IOException {
        try (var raw = RawHttp.from(address, port)) {
            var body = TestGateway.form(BOB).encode();
            var answer = raw.send(RawHttp.request("POST", route, body, "User-Agent: " + userAgent))
                    .answer();
            assertThat(answer.status()).isEqualTo(200);
            return answer;
        }
    }

    /** What is told of logins and their clients. */
    private static List<String> told(TestGateway gateway) throws SQLException {
        return AuditLog.typesAndDetails(gateway.realm(), Integer.toString(BOB.id())).stream()
                .filter(event -> event.matches("(LOGIN_SUCCEEDED|NEW_CLIENT|SUSPICIOUS_LOGIN).*"))
                .toList();
    }
}
