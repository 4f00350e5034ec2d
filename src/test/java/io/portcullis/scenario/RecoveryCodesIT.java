package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
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

/** Listing recovery codes without a secret, and making new ones on a fresh proof. */
@ExtendWith(TestGateways.class)
class RecoveryCodesIT {
    @Test
    void theListIsMasked(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var laptop = gateway.again(alice);
        laptop.verify(alice.recoveryCodes().get(3));
        var listed = gateway.again(alice).get("/auth/mfa/recovery-codes"); // a first factor suffices
        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.json("/total")).isEqualTo(10);
        assertThat(listed.json("/remaining")).isEqualTo(9);
        var codes = ((JsonArray) listed.json("/codes"))
                .stream().map(JsonObject.class::cast).toList();
        assertThat(codes)
                .extracting(code -> code.getString("masked"))
                .containsExactlyInAnyOrderElementsOf(alice.recoveryCodes().stream()
                        .map(code -> code.substring(0, 2) + "****-******")
                        .toList());
        var used = alice.recoveryCodes().get(3).substring(0, 2);
        assertThat(codes)
                .filteredOn(code -> code.getBoolean("used"))
                .singleElement()
                .satisfies(code -> assertThat(code.getString("masked")).startsWith(used));
        for (var code : alice.recoveryCodes()) {
            assertThat(listed.text()).doesNotContain(code).doesNotContain(code.substring(7));
        }
    }

    @Test
    void whoHasNoneListsNone(TestGateway gateway) {
        var listed = gateway.loggedIn().get("/auth/mfa/recovery-codes");
        assertThat(listed.json()).isEqualTo(JsonObject.of("total", 0, "remaining", 0, "codes", new JsonArray()));
        assertThat(gateway.nobody().get("/auth/mfa/recovery-codes").code()).isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void newOnesKillTheOld(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var old = alice.recoveryCodes();
        var fresh = codes(regenerate(alice, new JsonObject())); // verified a moment ago
        assertThat(fresh).hasSize(10).doesNotContainAnyElementsOf(old);
        assertThat(gateway.again(alice).verify(old.get(0)).code()).isEqualTo("INVALID_CODE");
        var answer = gateway.again(alice).at(gateway.secondPort()).verify(fresh.get(0));
        assertThat(answer.json("/recoveryCodesRemaining")).isEqualTo(9);
        assertThat(alice.get("/auth/mfa/recovery-codes").json("/remaining")).isEqualTo(9);
    }

    @Test
    void aFreshProofIsNeeded(@OwnRealm TestGateway gateway) {
        var alice = gateway.loggedIn(LegacyAccounts.ALICE).enrolled();
        var thief = alice.holding(gateway.token(LegacyAccounts.ALICE, Duration.ofHours(1)));
        var password = JsonObject.of("password", LegacyAccounts.ALICE.password());
        reauthentication(regenerate(thief, new JsonObject()));
        reauthentication(regenerate(thief, password)); // a first factor alone, whoever's password it brings
        gateway.clock().advance(Duration.ofMinutes(15).plusSeconds(1));
        reauthentication(regenerate(alice, new JsonObject()));
        assertThat(regenerate(alice, JsonObject.of("password", "guess")).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(regenerate(alice, password).status()).isEqualTo(200);
        var code = JsonObject.of("code", alice.app().nextCode());
        assertThat(regenerate(thief, code).status()).isEqualTo(200);
        assertThat(regenerate(thief, code).code()).isEqualTo("CODE_ALREADY_USED");
        assertThat(regenerate(thief, JsonObject.of("code", alice.app().wrongCode()))
                        .error("remainingAttempts"))
                .isEqualTo(4);
        var listed = alice.get("/auth/mfa/recovery-codes");
        assertThat(listed.json("/remaining")).isEqualTo(10);
    }

    @Test
    void aRecoveryCodeBuysNewOnes(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var old = alice.recoveryCodes();
        var fresh = codes(regenerate(gateway.again(alice), JsonObject.of("code", old.get(0))));
        assertThat(alice.get("/auth/mfa/recovery-codes").json("/remaining")).isEqualTo(10);
        assertThat(gateway.again(alice).verify(fresh.get(9)).status()).isEqualTo(200);
    }

    @Test
    void withoutASecondFactorThereAreNone(TestGateway gateway) {
        assertThat(regenerate(gateway.loggedIn(), new JsonObject()).code()).isEqualTo("SETUP_NOT_STARTED");
    }

    private static Answer regenerate(Person person, JsonObject proof) {
        return person.post("/auth/mfa/recovery-codes/regenerate", proof);
    }

    private static List<String> codes(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        Stream<Object> codes = ((JsonArray) answer.json("/recoveryCodes")).stream();
        return codes.map(String.class::cast).toList();
    }

    private static void reauthentication(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("REAUTHENTICATION_REQUIRED");
    }
}
