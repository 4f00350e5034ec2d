package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Await;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is written down of a life: one audit event for each change, and never a secret. */
@ExtendWith(TestGateways.class)
class AuditIT {
    @Test
    void oneEventForEachChange(@OwnRealm TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn(LegacyAccounts.ALICE);
        alice.startSetup("totp");
        alice.logout();
        alice = gateway.loggedIn(LegacyAccounts.ALICE);
        alice.startSetup("totp");
        alice.confirmSetup(alice.app().wrongCode());
        alice.confirmSetup(alice.app().code());
        alice.startSetup("totp");
        alice.confirmSetup(alice.app().code());
        alice.verify(alice.app().code());
        alice.logout();
        var tempToken = gateway.login(LegacyAccounts.ALICE).string("/mfaTempToken");
        var back = alice.holding(
                gateway.nobody().verifyLogin(tempToken, alice.app().nextCode()).string("/token"));
        back.disable(alice.app().nextCode());
        assertThat(AuditLog.types(gateway.realm(), "1"))
                .containsExactly(
                        "LOGIN_SUCCEEDED",
                        "SETUP_STARTED",
                        "SETUP_ABANDONED",
                        "LOGOUT",
                        "LOGIN_SUCCEEDED",
                        "SETUP_STARTED",
                        "SECOND_FACTOR_FAILED",
                        "MFA_ENABLED",
                        "LOGOUT",
                        "SECOND_FACTOR_PASSED",
                        "LOGIN_SUCCEEDED",
                        "SECOND_FACTOR_PASSED",
                        "MFA_DISABLED");
    }

    @Test
    void theFifthFailureIsALock(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        for (int i = 0; i < 7; i++) {
            alice.verify(alice.app().wrongCode());
        }
        assertThat(AuditLog.types(gateway.realm(), alice.subject()))
                .filteredOn(type -> type.startsWith("SECOND_FACTOR"))
                .containsExactly(
                        "SECOND_FACTOR_FAILED",
                        "SECOND_FACTOR_FAILED",
                        "SECOND_FACTOR_FAILED",
                        "SECOND_FACTOR_FAILED",
                        "SECOND_FACTOR_FAILED",
                        "SECOND_FACTOR_LOCKED");
    }

    @Test
    void noSecretIsWrittenDown(@OwnRealm TestGateway gateway) throws Exception {
        var secrets = new ArrayList<String>();
        var errors = new ArrayList<Answer>();
        secrets.add(LegacyAccounts.ALICE.password());
        secrets.add("a-wrong-password");
        try (var log = LogCapture.start()) {
            var alice = gateway.loggedIn(LegacyAccounts.ALICE);
            secrets.add(alice.token());
            secrets.add(alice.token().substring(alice.token().lastIndexOf('.') + 1));
            secrets.add(alice.startSetup("totp").string("/secret"));
            errors.add(alice.confirmSetup(alice.app().wrongCode()));
            secrets.add(alice.app().code());
            alice.confirmSetup(alice.app().code());
            secrets.addAll(alice.recoveryCodes());
            errors.add(alice.verify(alice.app().code()));
            errors.add(alice.post("/auth/mfa/disable", JsonObject.of("code", 7, "password", "a-wrong-password")));
            errors.add(alice.post("/auth/mfa/verify", "text/plain", alice.app().code()));
            errors.add(alice.post("/auth/mfa/verify", "application/json", "{" + alice.token()));
            errors.add(alice.get("/admin/%2e%2e/metrics?token=" + alice.token()));
            errors.add(alice.get("/internal/x?token=" + alice.token()));
            Stores.stopRedis();
            try {
                errors.add(alice.verify(alice.app().code()));
            } finally {
                Stores.startRedis();
            }
            Await.until(
                    "the gateway is well again",
                    () -> alice.get("/admin/metrics").status() != 503);
            var login = gateway.login(LegacyAccounts.ALICE);
            var withheld = Stores.everythingInRedis();
            assertThat(withheld).contains("portcullis:pending:").contains("portcullis:session:");
            secrets.add(login.string("/mfaTempToken"));
            var code = alice.app().nextCode();
            secrets.add(code);
            var released = gateway.nobody().verifyLogin(login.string("/mfaTempToken"), code);
            secrets.add(released.string("/token"));
            var back = alice.holding(released.string("/token"));
            errors.add(gateway.nobody().verifyLogin(login.string("/mfaTempToken"), code));
            errors.add(gateway.nobody()
                    .post(
                            "/auth/login",
                            JsonObject.of("email", LegacyAccounts.ALICE.email(), "password", "a-wrong-password")));
            assertThat(back.verify(alice.recoveryCodes().getFirst()).status()).isEqualTo(200);
            back.logout();
            errors.add(back.get("/admin/metrics"));

            assertThat(errors).allMatch(answer -> answer.status() >= 400);
            var written = log.text();
            var stored = AuditLog.everything(gateway.realm(), "1");
            for (var secret : secrets) {
                assertThat(written).doesNotContain(secret);
                assertThat(stored).doesNotContain(secret);
                assertThat(withheld).doesNotContain(secret);
                assertThat(errors).noneMatch(answer -> answer.toString().contains(secret));
            }
            assertThat(stored).contains("MFA_ENABLED");
        }
    }
}
