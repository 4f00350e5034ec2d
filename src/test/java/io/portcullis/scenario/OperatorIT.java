package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.Await;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator sees of others and does for them, over HTTP and on every instance. */
@ExtendWith(TestGateways.class)
class OperatorIT {
    /** The contract says one second; the rest is for a machine that is busy with something else. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static Person operator(TestGateway gateway) {
        return gateway.loggedIn("superAdmin").enrolled();
    }

    private static String path(TestGateway gateway, Person person) {
        return "/auth/operator/accounts/" + gateway.realm() + "/" + person.subject();
    }

    private static List<JsonObject> objects(Answer answer, String pointer) {
        return ((JsonArray) answer.json(pointer))
                .stream().map(JsonObject.class::cast).toList();
    }

    private static String lastEvent(Answer answer) {
        var event = objects(answer, "/events").getFirst();
        return event.getString("type") + " by " + event.getString("actor") + " " + event.getString("detail");
    }

    @Test
    void aLostPhoneIsOneRequest(TestGateway gateway) throws Exception {
        var operator = operator(gateway);
        var alice = gateway.loggedIn().enrolled();
        var elsewhere = alice.at(gateway.secondPort());
        for (int i = 0; i < 3; i++) { // it is remembered there by now
            assertThat(elsewhere.get("/admin/metrics").status()).isEqualTo(200);
        }

        var reset = operator.post(path(gateway, alice) + "/reset");
        assertThat(reset.status()).as(reset.text()).isEqualTo(200);
        assertThat(reset.string("/state")).isEqualTo("DISABLED");
        assertThat(reset.json("/recoveryCodesRemaining")).isEqualTo(0);
        assertThat(reset.json("/sessions")).isEqualTo(0);
        assertThat(lastEvent(reset))
                .isEqualTo("MFA_RESET by operator:" + gateway.realm() + ":" + operator.subject() + " ");

        assertThat(alice.get("/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
        var took = Await.until(
                "the other instance refuses",
                () -> elsewhere.get("/admin/metrics").code().equals("AUTH_REQUIRED"));
        assertThat(took).isLessThan(SOON);

        var later = gateway.again(alice);
        assertThat(later.state()).isEqualTo("DISABLED");
        assertThat(later.verify(alice.recoveryCodes().getFirst()).code()).isEqualTo("SETUP_NOT_STARTED");
        assertThat(later.enrolled().get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void afterAResetTheNextLoginAsksForNoSecondFactor(@OwnRealm TestGateway gateway) {
        var operator = operator(gateway);
        var bob = gateway.loggedIn(LegacyAccounts.BOB).enrolled();
        var begun = gateway.login(LegacyAccounts.BOB).string("/mfaTempToken");
        assertThat(operator.post(path(gateway, bob) + "/reset").status()).isEqualTo(200);
        assertThat(gateway.nobody().verifyLogin(begun, bob.app().nextCode()).status())
                .isGreaterThanOrEqualTo(400);
        var login = gateway.login(LegacyAccounts.BOB);
        assertThat(login.json().containsKey("mfaRequired")).isFalse();
        var again = gateway.nobody().holding(login.string("/token"), bob.subject());
        assertThat(again.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
    }

    @Test
    void anAccountWhoseSecretDoesNotOpenIsShownAndReset(TestGateway gateway) {
        var operator = operator(gateway);
        var alice = gateway.loggedIn().enrolled();
        try (var other = gateway.launchWith(Keysets.create())) {
            var there = operator.at(other.port());
            assertThat(there.get(path(gateway, alice)).string("/state")).isEqualTo("ENABLED");
            assertThat(there.post(path(gateway, alice) + "/reset").string("/state"))
                    .isEqualTo("DISABLED");
        }
        assertThat(gateway.again(alice).state()).isEqualTo("DISABLED");
    }

    @Test
    void aSetupUnderWayIsResetToo(TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        var operator = operator(gateway);
        assertThat(operator.get(path(gateway, alice)).string("/state")).isEqualTo("SETUP_IN_PROGRESS");
        assertThat(operator.post(path(gateway, alice) + "/reset").string("/state"))
                .isEqualTo("DISABLED");
        assertThat(gateway.again(alice).confirmSetup(alice.app().code()).code()).isEqualTo("SETUP_NOT_STARTED");
    }

    @Test
    void aLockIsLiftedAndBothAreSeen(TestGateway gateway) {
        var operator = operator(gateway);
        var alice = gateway.loggedIn().enrolled();
        var wrong = alice.app().wrongCode();
        for (int i = 0; i < 5; i++) {
            alice.verify(wrong);
        }
        assertThat(alice.verify(alice.app().nextCode()).code()).isEqualTo("ACCOUNT_LOCKED");
        var locked = operator.get(path(gateway, alice));
        assertThat(locked.json("/locked")).isEqualTo(true);
        assertThat(locked.json("/failuresInARow")).isEqualTo(5);
        assertThat(locked.string("/lockedUntil"))
                .isGreaterThan(gateway.clock().instant().toString());

        var unlocked = operator.at(gateway.secondPort()).post(path(gateway, alice) + "/unlock");
        assertThat(unlocked.json("/locked")).isEqualTo(false);
        assertThat(objects(unlocked, "/events").getFirst().getString("type")).isEqualTo("ACCOUNT_UNLOCKED");
        assertThat(alice.verify(alice.app().code()).status()).isEqualTo(200);
    }

    @Test
    void aLogoutEndsEverySessionAndLeavesTheSecondFactor(TestGateway gateway) throws Exception {
        var operator = operator(gateway);
        var laptop = gateway.loggedIn().enrolled();
        var phone = gateway.again(laptop).at(gateway.secondPort());
        assertThat(phone.verify(laptop.app().nextCode()).status()).isEqualTo(200);
        assertThat(phone.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(operator.get(path(gateway, laptop)).json("/sessions")).isEqualTo(2);

        var answer = operator.post(path(gateway, laptop) + "/logout");
        assertThat(answer.json("/sessions")).isEqualTo(0);
        assertThat(answer.string("/state")).isEqualTo("ENABLED");
        assertThat(lastEvent(answer))
                .isEqualTo("SESSIONS_REVOKED by operator:" + gateway.realm() + ":" + operator.subject() + " 2");
        assertThat(laptop.get("/auth/me").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(Await.until(
                        "the other instance refuses",
                        () -> phone.get("/admin/metrics").code().equals("AUTH_REQUIRED")))
                .isLessThan(SOON);
        assertThat(gateway.again(laptop).get("/admin/metrics").code()).isEqualTo("2FA_REQUIRED");
    }

    @Test
    void somebodyWhoNeverSetAnythingUpIsLoggedOutToo(TestGateway gateway) {
        var operator = operator(gateway);
        var carol = gateway.loggedIn();
        assertThat(carol.get("/auth/me").status()).isEqualTo(200);
        assertThat(operator.get(path(gateway, carol)).json("/sessions")).isEqualTo(1);
        assertThat(operator.post(path(gateway, carol) + "/logout").status()).isEqualTo(200);
        assertThat(carol.get("/auth/me").code()).isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void anAccountThatDoesNotExistIsNone(TestGateway gateway) {
        var operator = operator(gateway);
        var nobody = "/auth/operator/accounts/" + gateway.realm() + "/nobody%40example.com";
        assertThat(operator.get(nobody).code()).isEqualTo("NO_ROUTE");
        for (var change : List.of("/reset", "/unlock", "/logout")) {
            assertThat(operator.post(nobody + change).code()).isEqualTo("NO_ROUTE");
        }
    }

    private static Stream<Answer> reads(TestGateway gateway, Person person, Person of) {
        return Stream.of(
                person.get("/auth/operator/accounts?query=x"),
                person.get(path(gateway, of)),
                person.get("/auth/operator/usage"),
                person.get("/auth/operator/audit"));
    }

    private static Stream<Answer> changes(TestGateway gateway, Person person, Person of) {
        return Stream.of("/reset", "/unlock", "/logout").map(change -> person.post(path(gateway, of) + change));
    }

    private static void allAre(String code, TestGateway gateway, Person person, Person of) {
        assertThat(Stream.concat(reads(gateway, person, of), changes(gateway, person, of)))
                .allSatisfy(answer -> assertThat(answer.code()).isEqualTo(code));
    }

    @Test
    void theRoleAndThenTheLevelDecide(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        allAre("AUTH_REQUIRED", gateway, gateway.nobody(), alice);
        allAre("FORBIDDEN", gateway, gateway.loggedIn(), alice); // another role, nothing set up
        allAre("FORBIDDEN", gateway, gateway.again(alice), alice); // another role, one-factor
        allAre("FORBIDDEN", gateway, alice, alice); // another role, two-factor
        allAre("2FA_MANDATORY", gateway, gateway.loggedIn("superAdmin"), alice);
        var operator = operator(gateway);
        var oneFactor = operator.holding(
                gateway.token(Integer.parseInt(operator.subject()), "superAdmin", Duration.ofHours(1)));
        allAre("2FA_REQUIRED", gateway, oneFactor, alice);
        assertThat(oneFactor.get("/auth/operator/usage").error("methods")).isEqualTo(JsonArray.of("totp"));
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200); // nobody of them did anything
        assertThat(reads(gateway, operator, alice))
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    }

    @Test
    void aChangeNeedsAFreshProofAndALookDoesNot(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var operator = operator(gateway);
        gateway.clock().advance(Duration.ofMinutes(16));
        assertThat(changes(gateway, operator, alice))
                .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("REAUTHENTICATION_REQUIRED"));
        assertThat(reads(gateway, operator, alice))
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(operator.verify(operator.app().nextCode()).status()).isEqualTo(200);
        assertThat(operator.post(path(gateway, alice) + "/unlock").status()).isEqualTo(200);
    }

    @Test
    void nobodyResetsOrUnlocksThemselves(TestGateway gateway) {
        var operator = operator(gateway);
        assertThat(operator.post(path(gateway, operator) + "/reset").code()).isEqualTo("FORBIDDEN");
        assertThat(operator.post(path(gateway, operator) + "/unlock").code()).isEqualTo("FORBIDDEN");
        assertThat(operator.state()).isEqualTo("ENABLED");
        assertThat(operator.post(path(gateway, operator) + "/logout").status()).isEqualTo(204);
        assertThat(operator.get("/auth/me").code()).isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void anotherSitesPageChangesNothing(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var operator = operator(gateway).with("Origin", "https://evil.example");
        assertThat(operator.post(path(gateway, alice) + "/reset").code()).isEqualTo("FORBIDDEN");
        assertThat(alice.state()).isEqualTo("ENABLED");
    }

    @Test
    void aSearchTakesEveryCharacterAsItIs(@OwnRealm TestGateway gateway) {
        var operator = operator(gateway);
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        var inRealm = "&realm=" + gateway.realm();
        var found = operator.get("/auth/operator/accounts?query=" + alice.subject() + "%40EXAMPLE" + inRealm);
        assertThat(objects(found, "/accounts"))
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
            assertThat(objects(operator.get("/auth/operator/accounts?query=" + wild + inRealm), "/accounts"))
                    .as(wild)
                    .isEmpty();
        }
        assertThat(objects(operator.get("/auth/operator/accounts?query=" + inRealm), "/accounts"))
                .hasSize(2);
        assertThat(objects(operator.get("/auth/operator/accounts?query=example&limit=1" + inRealm), "/accounts"))
                .hasSize(1);
        assertThat(objects(operator.get("/auth/operator/accounts?query=example&realm=none"), "/accounts"))
                .isEmpty();
        for (var limit : List.of("0", "101", "many")) {
            assertThat(operator.get("/auth/operator/accounts?limit=" + limit).code())
                    .isEqualTo("INVALID_REQUEST");
        }
    }

    @Test
    void theFiguresAreExact(@OwnRealm TestGateway gateway) {
        var operator = operator(gateway);
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
                "lockedNow", 1);
        assertThat(usage(operator, gateway)).isEqualTo(expected);

        gateway.clock().advance(Duration.ofMinutes(16)); // the lock is over, and so is the set-up
        expected.put("lockedNow", 0)
                .put("accounts", JsonObject.of("DISABLED", 2, "SETUP_IN_PROGRESS", 0, "ENABLED", 2));
        assertThat(usage(operator, gateway)).isEqualTo(expected);
    }

    private static JsonObject usage(Person operator, TestGateway gateway) {
        return operator.get("/auth/operator/usage?realm=" + gateway.realm()).json();
    }

    @Test
    void theAuditLogIsFiltered(@OwnRealm TestGateway gateway) {
        var operator = operator(gateway);
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
        return objects(operator.get("/auth/operator/audit?" + query), "/events").stream()
                .map(event -> event.getString("type"))
                .toList();
    }
}
