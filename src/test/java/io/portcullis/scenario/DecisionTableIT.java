package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Await;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 1 of the contract: the decision table, row by row, and the rules around it. */
@ExtendWith(TestGateways.class)
class DecisionTableIT {
    @Test
    void noCredential(TestGateway gateway) {
        refused(gateway.nobody().get("/admin/metrics"), 401, "AUTH_REQUIRED", "LOGIN");
    }

    @Test
    void anExpiredCredential(TestGateway gateway) {
        var alice = gateway.loggedIn();
        gateway.clock().advance(Duration.ofHours(2));
        refused(alice.get("/admin/metrics"), 401, "SESSION_EXPIRED", "LOGIN");
    }

    @Test
    void aVerifiedSessionExpiresWithItsToken(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
        gateway.clock().advance(Duration.ofHours(2));
        refused(alice.get("/admin/metrics"), 401, "SESSION_EXPIRED", "LOGIN");
        refused(alice.get("/auth/me"), 401, "SESSION_EXPIRED", "LOGIN");
    }

    @ParameterizedTest
    @CsvSource({"user", "superadmin", "Admin", "''"})
    void aRoleThatTheRuleDoesNotName(String role, TestGateway gateway) {
        refused(gateway.loggedIn(role).get("/admin/metrics"), 403, "FORBIDDEN", "NONE");
    }

    @Test
    void aRoleIsForbiddenAfterTheSecondFactorToo(TestGateway gateway) {
        var carol = gateway.loggedIn("user").enrolled();
        refused(carol.get("/admin/metrics"), 403, "FORBIDDEN", "NONE");
    }

    @Test
    void noSecondFactorSetUp(TestGateway gateway) {
        var alice = gateway.loggedIn();
        refused(alice.get("/admin/metrics"), 403, "2FA_MANDATORY", "ENABLE_2FA");
        alice.startSetup("totp");
        refused(alice.get("/admin/metrics"), 403, "2FA_MANDATORY", "ENABLE_2FA");
    }

    @Test
    void aSecondFactorNotPassed(TestGateway gateway) {
        var alice = gateway.again(gateway.loggedIn().enrolled());
        var answer = alice.get("/admin/metrics");
        refused(answer, 403, "2FA_REQUIRED", "VERIFY_2FA");
        assertThat(answer.error("requestId"))
                .isEqualTo(answer.header("X-Request-Id").orElseThrow());
    }

    @Test
    void aSecondFactorPassedTooLongAgo(TestGateway gateway) {
        var alice = gateway.nobody().holding(gateway.token(900, "admin", Duration.ofDays(2)), "900");
        alice.enrolled();
        gateway.clock().advance(Duration.ofHours(12));
        assertThat(alice.get("/admin/upload").isOfTheGateway()).isFalse();
        gateway.clock().advance(Duration.ofSeconds(1));
        var answer = alice.get("/admin/upload");
        refused(answer, 403, "2FA_REQUIRED", "VERIFY_2FA");
        assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("max_age=\"43200\"");
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
        alice.verify(alice.app().nextCode());
        assertThat(alice.get("/admin/upload").isOfTheGateway()).isFalse();
    }

    @Test
    void aPassedSecondFactor(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var answer = alice.get("/admin/metrics");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.isOfTheGateway()).isFalse();
        assertThat(answer.header("X-Request-Id")).isPresent();
        var seen = alice.get("/admin/inspect?a=%20b&c").json();
        assertThat(seen.getString("uri")).isEqualTo("/admin/inspect?a=%20b&c");
        assertThat(seen.getJsonArray("headers").encode())
                .contains("[\"X-Auth-Subject\",\"" + alice.subject() + "\"]")
                .contains("[\"X-Auth-Realm\",\"" + gateway.realm() + "\"]")
                .contains("[\"X-Auth-Role\",\"admin\"]")
                .contains("[\"X-Auth-Level\",\"two-factor\"]");
    }

    @Test
    void aOneFactorRuleWantsACredentialAndItsMethods(TestGateway gateway) {
        var carol = gateway.loggedIn("user");
        assertThat(carol.get("/users/hello").string("/hello")).isEqualTo("everybody");
        refused(gateway.nobody().get("/users/hello"), 401, "AUTH_REQUIRED", "LOGIN");
        refused(carol.post("/users/hello"), 404, "NO_ROUTE", "NONE");
    }

    @Test
    void denyPublicAndNoRule(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        refused(alice.get("/internal/x"), 403, "FORBIDDEN", "NONE");
        refused(alice.get("/elsewhere"), 404, "NO_ROUTE", "NONE");
        refused(alice.get("/auth/unknown"), 404, "NO_ROUTE", "NONE");
        refused(alice.get("/auth"), 404, "NO_ROUTE", "NONE");
        assertThat(gateway.nobody().get("/").text()).contains("Open to everybody");
    }

    @Test
    void aRuleInReportModeLetsThroughAndSaysWhatItWouldRefuse(TestGateway gateway) {
        var alice = gateway.loggedIn();
        var answer = alice.get("/admin/slow?ms=1");
        assertThat(answer.text()).isEqualTo("answered after 1 ms\n");
        assertThat(answer.header("X-2FA-Would-Refuse")).contains("2FA_MANDATORY");
        assertThat(gateway.nobody().get("/admin/slow?ms=1").header("X-2FA-Would-Refuse"))
                .contains("AUTH_REQUIRED");
        assertThat(gateway.loggedIn("user").get("/admin/slow?ms=1").header("X-2FA-Would-Refuse"))
                .contains("FORBIDDEN");
        assertThat(alice.enrolled().get("/admin/slow?ms=1").header("X-2FA-Would-Refuse"))
                .isEmpty();
    }

    @Test
    void whatARuleWouldRefuseIsAuditedOnceForManyRequests(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn();
        for (int i = 0; i < 3; i++) {
            assertThat(alice.get("/admin/slow?ms=1").status()).isEqualTo(200);
        }
        Await.until(
                "it is audited",
                () -> AuditLog.types(gateway.realm(), alice.subject()).contains("WOULD_REFUSE"));
        alice.startSetup("totp");
        assertThat(AuditLog.types(gateway.realm(), alice.subject())).containsExactly("WOULD_REFUSE", "SETUP_STARTED");
    }

    @Test
    void aRuleInForceLaterSparesThoseWithoutASecondFactorAlone(TestGateway gateway) {
        var alice = gateway.loggedIn();
        var answer = alice.get("/admin/stream?chunks=1&everyMs=1");
        assertThat(answer.text()).isEqualTo("line 1\n");
        assertThat(answer.header("X-2FA-Mandatory-From")).contains("2100-01-01T00:00:00Z");
        refused(gateway.nobody().get("/admin/stream"), 401, "AUTH_REQUIRED", "LOGIN");
        refused(gateway.loggedIn("user").get("/admin/stream"), 403, "FORBIDDEN", "NONE");
        refused(gateway.again(alice.enrolled()).get("/admin/stream"), 403, "2FA_REQUIRED", "VERIFY_2FA");
    }

    @Test
    void letterCaseMakesNoDifference(TestGateway gateway) {
        refused(gateway.nobody().get("/ADMIN/metrics"), 401, "AUTH_REQUIRED", "LOGIN");
        refused(gateway.loggedIn().get("/Admin/metrics"), 403, "2FA_MANDATORY", "ENABLE_2FA");
    }

    @Test
    void textsFollowTheLanguageAndCodesDoNot(TestGateway gateway) {
        var french = gateway.nobody().with("Accept-Language", "fr-CA, en;q=0.5").get("/admin/metrics");
        var english = gateway.nobody().get("/admin/metrics");
        refused(french, 401, "AUTH_REQUIRED", "LOGIN");
        assertThat(french.json("/message")).isNotEqualTo(english.json("/message"));
    }

    private static void refused(Answer answer, int status, String code, String action) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.error("action")).isEqualTo(action);
        assertThat(answer.json("/success")).isEqualTo(false);
        assertThat(answer.string("/message")).isNotEmpty();
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("X-Portcullis")).contains("answered");
        assertThat(answer.header("X-Request-Id")).isPresent();
    }
}
