package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.Person;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.List;

/** What the tests of remembered devices share. */
final class RememberedDevices {
    /** Of a role whose devices are remembered. */
    static final LegacyAccount BOB = LegacyAccounts.BOB;

    /** Of a role whose devices are not. */
    static final LegacyAccount ALICE = LegacyAccounts.ALICE;

    static final String OWN = "/auth/login";
    static final String LEGACY = "/admin/login";
    static final String COOKIE = "portcullis-device";

    private RememberedDevices() {}

    /** The answer to a login of this person by a code, on a device that is to be remembered. */
    static Answer remembered(TestGateway gateway, Person person, String route) {
        var login = gateway.nobody().post(route, TestGateway.form(BOB));
        var answer = person.withoutToken()
                .post(
                        "/auth/mfa/verify",
                        JsonObject.of(
                                "mfaTempToken",
                                login.string("/mfaTempToken"),
                                "code",
                                person.app().nextCode(),
                                "rememberDevice",
                                true));
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }

    /** Makes all that is known of the devices so many days older. A token of the legacy backend would not live that long. */
    static void age(TestGateway gateway, int days) throws SQLException {
        try (var connection = Stores.connect();
                var update = connection.prepareStatement("""
                        UPDATE remembered_device SET verified_at = verified_at - d, created_at = created_at - d,
                               last_used_at = last_used_at - d, expires_at = expires_at - d
                          FROM (SELECT ? * interval '1 day' AS d) age WHERE realm = ?""")) {
            update.setInt(1, days);
            update.setString(2, gateway.realm());
            assertThat(update.executeUpdate()).isPositive();
        }
    }

    static Answer login(Person nobody, String route, LegacyAccount account, String cookie) {
        return nobody.with("Cookie", cookie).post(route, TestGateway.form(account));
    }

    static void assertCodeNeeded(TestGateway gateway, LegacyAccount account, String cookie) {
        for (var route : List.of(OWN, LEGACY)) {
            var answer = login(gateway.nobody(), route, account, cookie);
            assertThat(answer.json("/mfaRequired")).isEqualTo(true);
            assertThat(answer.toString()).doesNotContain("eyJ").doesNotContain(COOKIE + "=");
        }
    }

    static List<JsonObject> devices(Person person) {
        var answer = person.get("/auth/devices");
        assertThat(answer.status()).isEqualTo(200);
        return ((JsonArray) answer.json("/devices"))
                .stream().map(JsonObject.class::cast).toList();
    }
}
