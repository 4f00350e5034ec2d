package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.postgres.AuditKey;
import io.portcullis.adapter.postgres.Postgres;
import io.portcullis.adapter.postgres.PostgresAccounts;
import io.portcullis.adapter.postgres.PostgresUrl;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.session.Client;
import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner of an account reads what happened to it. */
@ExtendWith(TestGateways.class)
class HistoryIT {
    @Test
    void theNewestIsFirstAndSaysWhatHappened(TestGateway gateway) {
        var alice = gateway.loggedIn().with("User-Agent", "a browser").enrolled();
        alice.verify(alice.app().wrongCode());
        var answer = alice.get("/auth/history");
        var events = events(answer);
        assertThat(types(events)).containsExactly("SECOND_FACTOR_FAILED", "MFA_ENABLED", "SETUP_STARTED");
        assertThat(answer.json().containsKey("before")).isFalse();
        var enabled = events.get(1);
        assertThat(enabled.fieldNames())
                .containsExactlyInAnyOrder("id", "type", "at", "outcome", "address", "userAgent", "detail");
        assertThat(enabled.getString("outcome")).isEqualTo("success");
        assertThat(enabled.getString("address")).isEqualTo("127.0.0.1");
        assertThat(enabled.getString("userAgent")).isEqualTo("a browser");
        assertThat(enabled.getString("detail")).isEqualTo("totp");
        assertThat(events.getFirst().getString("outcome")).isEqualTo("failure");
    }

    @Test
    void pageByPageNothingIsLostOrTwice(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        for (int i = 0; i < 4; i++) {
            alice.verify(alice.app().nextCode());
            gateway.loggedIn().startSetup("totp");
        }
        var all = new ArrayList<JsonObject>();
        var page = alice.get("/auth/history?limit=4");
        assertThat(events(page)).hasSize(4);
        all.addAll(events(page));
        while (page.json().containsKey("before")) {
            page = alice.get("/auth/history?limit=4&before=" + page.json().getLong("before"));
            all.addAll(events(page));
        }
        assertThat(types(all).reversed()).isEqualTo(AuditLog.types(gateway.realm(), alice.subject()));
        assertThat(all).hasSize(6);
        assertThat(all.stream().map(event -> event.getLong("id"))).doesNotHaveDuplicates();
    }

    @Test
    void ofOthersNothingIsSeen(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var bob = gateway.loggedIn().enrolled();
        long newest = events(bob.get("/auth/history?limit=1")).getFirst().getLong("id");
        var seen = events(alice.get("/auth/history?before=" + newest));
        assertThat(types(seen)).containsExactly("MFA_ENABLED", "SETUP_STARTED");
        var bobs = events(bob.get("/auth/history")).stream().map(event -> event.getLong("id"));
        assertThat(seen.stream().map(event -> event.getLong("id"))).doesNotContainAnyElementsOf(bobs.toList());
    }

    @Test
    void aPasswordAloneDoesNotShowItOnceThereIsASecondFactor(TestGateway gateway) {
        var alice = gateway.loggedIn();
        assertThat(alice.get("/auth/history").json()).isEqualTo(JsonObject.of("events", new JsonArray()));
        alice.enrolled();
        assertThat(gateway.again(alice).get("/auth/history").code()).isEqualTo("2FA_REQUIRED");
        assertThat(gateway.nobody().get("/auth/history").code()).isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void ofAnOperatorIsShownThatItWasOne(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(Stores.postgresUrl()), 1);
        try {
            var pepper = Objects.requireNonNull(TestGateway.storesAndSecrets().get("PEPPER"));
            var accounts = new PostgresAccounts(
                    postgres, SecretBox.of(TestGateway.keyset()), AuditKey.of(pepper), gateway.clock());
            var desk = new Origin(new Client("198.51.100.7", "the operator's browser"), "request-1", Locale.ENGLISH);
            accounts.change(new Account(gateway.realm(), alice.subject()), work -> {
                work.record(new AuditEvent(
                        AuditEvent.Type.ACCOUNT_UNLOCKED, gateway.clock().instant(), "admin/root", desk, "by phone"));
                return true;
            });
        } finally {
            postgres.close();
        }
        var event = events(alice.get("/auth/history?limit=1")).getFirst();
        assertThat(event.getString("type")).isEqualTo("ACCOUNT_UNLOCKED");
        assertThat(event.getString("actor")).isEqualTo("operator");
        assertThat(event.encode()).doesNotContain("root", "198.51.100.7", "browser");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=some", "before=-1", "before=1234567890123456789"})
    void whatIsNoPageIsRefused(String query, TestGateway gateway) {
        var refused = gateway.loggedIn().get("/auth/history?" + query);
        assertThat(refused.code()).isEqualTo("INVALID_REQUEST");
        assertThat(refused.json("/error/fields/0/field")).isEqualTo(query.split("=", 2)[0]);
    }

    private static List<JsonObject> events(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return ((JsonArray) answer.json("/events"))
                .stream().map(JsonObject.class::cast).toList();
    }

    private static List<String> types(List<JsonObject> events) {
        return events.stream().map(event -> event.getString("type")).toList();
    }
}
