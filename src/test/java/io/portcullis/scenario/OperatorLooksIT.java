package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator sees: search, figures, audit log. */
@ExtendWith(TestGateways.class)
class OperatorLooksIT {
    @Test
    void aSearchTakesEveryCharacterAsItIs(@OwnRealm TestGateway gateway) {
        var operator = Operators.operator(gateway);
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        var inRealm = "&realm=" + gateway.realm();
        var found = operator.get("/auth/operator/accounts?query=" + alice.subject() + "%40EXAMPLE" + inRealm);
        assertThat(Operators.objects(found, "/accounts"))
                .singleElement()
                .satisfies(account -> assertThat(account)
                        .isEqualTo(JsonObject.of(
                                "realm",
                                gateway.realm(),
                                "subject",
                                alice.subject(),
                                "email",
                                alice.subject() + "@example.com",
                                "role",
                                "admin",
                                "state",
                                "SETUP_IN_PROGRESS",
                                "methods",
                                new JsonArray(),
                                "recoveryCodesRemaining",
                                0,
                                "locked",
                                false,
                                "lockedUntil",
                                null,
                                "failuresInARow",
                                0)));
        for (var wild : List.of("%25", "_", "%5C", "%25" + alice.subject(), "1%27--")) {
            assertThat(Operators.objects(operator.get("/auth/operator/accounts?query=" + wild + inRealm), "/accounts"))
                    .as(wild)
                    .isEmpty();
        }
        assertThat(Operators.objects(operator.get("/auth/operator/accounts?query=" + inRealm), "/accounts"))
                .hasSize(2);
        assertThat(Operators.objects(
                        operator.get("/auth/operator/accounts?query=example&limit=1" + inRealm), "/accounts"))
                .hasSize(1);
        assertThat(Operators.objects(operator.get("/auth/operator/accounts?query=example&realm=none"), "/accounts"))
                .isEmpty();
        for (var limit : List.of("0", "101", "many")) {
            assertThat(operator.get("/auth/operator/accounts?limit=" + limit).code())
                    .isEqualTo("INVALID_REQUEST");
        }
    }

    @Test
    void theFiguresAreExact(@OwnRealm TestGateway gateway) {
        var operator = Operators.operator(gateway);
        var alice = gateway.loggedIn().enrolled();
        gateway.loggedIn().startSetup("totp");
        var bob = gateway.loggedIn().enrolled();
        assertThat(bob.disable(bob.app().nextCode()).status()).isEqualTo(200);
        var wrong = alice.app().wrongCode();
        for (int i = 0; i < 5; i++) {
            alice.verify(wrong);
        }
        var expected = JsonObject.of(
                "accounts", JsonObject.of("DISABLED", 1, "SETUP_IN_PROGRESS", 1, "ENABLED", 2),
                "enabledByMethod", JsonObject.of("totp", 2, "email", 0),
                "codesSent", 0,
                "codesExpiredUnused", 0,
                "failures", 5,
                "lockouts", 1,
                "lockedNow", 1,
                "syncPending", 0,
                "syncOldestSeconds", null);
        assertThat(usage(operator, gateway)).isEqualTo(expected);

        gateway.clock().advance(Duration.ofMinutes(16)); // the lock is over, and so is the set-up
        expected.put("lockedNow", 0)
                .put("accounts", JsonObject.of("DISABLED", 2, "SETUP_IN_PROGRESS", 0, "ENABLED", 2));
        assertThat(usage(operator, gateway)).isEqualTo(expected);
    }

    @Test
    void mailedCodesThatNobodyUsedAreCounted(@OwnRealm TestGateway gateway) {
        var operator = Operators.operator(gateway);
        var alice = gateway.enrolledByEmail(gateway.loggedIn());
        var laptop = gateway.again(alice);
        gateway.clock().advance(Duration.ofSeconds(31));
        assertThat(laptop.sendCode().status()).isEqualTo(200);
        assertThat(laptop.verify(gateway.mailedCode(alice)).status()).isEqualTo(200);
        gateway.clock().advance(Duration.ofSeconds(31));
        assertThat(laptop.sendCode().status()).isEqualTo(200);
        assertThat(usage(operator, gateway).getInteger("codesSent")).isEqualTo(3);
        assertThat(usage(operator, gateway).getInteger("codesExpiredUnused")).isZero();
        gateway.clock().advance(Duration.ofMinutes(10));
        assertThat(usage(operator, gateway).getInteger("codesExpiredUnused")).isEqualTo(1);
        assertThat(usage(operator, gateway).getJsonObject("enabledByMethod"))
                .isEqualTo(JsonObject.of("totp", 1, "email", 1));
    }

    private static JsonObject usage(Person operator, TestGateway gateway) {
        return operator.get("/auth/operator/usage?realm=" + gateway.realm()).json();
    }

    @Test
    void theAuditLogIsFiltered(@OwnRealm TestGateway gateway) {
        var operator = Operators.operator(gateway);
        var alice = gateway.loggedIn().enrolled();
        assertThat(types(operator, "realm=" + gateway.realm() + "&subject=" + alice.subject()))
                .containsExactly("MFA_ENABLED", "SETUP_STARTED");
        assertThat(types(operator, "realm=" + gateway.realm() + "&type=MFA_ENABLED"))
                .containsExactly("MFA_ENABLED", "MFA_ENABLED");
        var all = "realm=" + gateway.realm();
        assertThat(types(operator, all + "&limit=1")).containsExactly("MFA_ENABLED");
        var newest = operator.get("/auth/operator/audit?" + all + "&limit=1").json("/events/0/id");
        assertThat(types(operator, all + "&limit=1&before=" + newest)).containsExactly("SETUP_STARTED");
        var future = gateway.clock().instant().plusSeconds(1);
        assertThat(types(operator, all + "&from=" + future)).isEmpty();
        assertThat(types(operator, all + "&to=" + future)).hasSize(4);
        for (var wrong : List.of("limit=501", "limit=0", "type=NONSENSE", "from=yesterday", "before=x")) {
            assertThat(operator.get("/auth/operator/audit?" + wrong).code())
                    .as(wrong)
                    .isEqualTo("INVALID_REQUEST");
        }
    }

    private static List<String> types(Person operator, String query) {
        return Operators.objects(operator.get("/auth/operator/audit?" + query), "/events").stream()
                .map(event -> event.getString("type"))
                .toList();
    }
}
