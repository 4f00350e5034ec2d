package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Person;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.SigningKeys;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A backend that believes nothing but a signature. */
@ExtendWith(TestGateways.class)
class AssertionIT {
    @Test
    void theBackendGetsASignedWordOfWhoItIs(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        var jws = assertion(alice);
        var parts = jws.split("\\.", -1);
        var published = (JsonArray)
                gateway.nobody().get("/.well-known/portcullis/jwks.json").json("/keys");
        assertThat(SigningKeys.verified(published.getJsonObject(0), parts[0] + "." + parts[1], parts[2]))
                .isTrue();
        var claims = SigningKeys.decoded(parts[1]);
        long now = gateway.clock().instant().getEpochSecond();
        assertThat(claims.getString("iss")).isEqualTo("https://admin.example.com");
        assertThat(claims.getString("aud")).isEqualTo("admin-api");
        assertThat(claims.getString("sub")).isEqualTo(alice.subject());
        assertThat(claims.getString("realm")).isEqualTo(gateway.realm());
        assertThat(claims.getString("role")).isEqualTo("admin");
        assertThat(claims.getString("acr")).isEqualTo("two-factor");
        assertThat(claims.getJsonArray("amr")).contains("otp");
        assertThat(claims.getLong("exp")).isBetween(now + 1, now + 60);
    }

    @Test
    void oneIsNeverPastItsLife(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        assertion(alice);
        gateway.clock().advance(Duration.ofSeconds(59));
        var claims = SigningKeys.decoded(assertion(alice).split("\\.", -1)[1]);
        assertThat(claims.getLong("exp"))
                .isGreaterThan(gateway.clock().instant().getEpochSecond());
    }

    /** Under every spelling that a backend could take for it. */
    @Test
    void whatAClientAssertsIsRemoved(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        var answer = RawHttp.get(
                gateway.port(),
                "/admin/inspect",
                "Authorization: Bearer " + alice.token(),
                "X-Auth-Assertion: forged",
                "X_Auth_Assertion: forged",
                "x-auth.assertion: forged");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).doesNotContain("forged").containsOnlyOnce("Auth-Assertion");
    }

    private static String assertion(Person person) {
        var seen = (JsonArray) person.get("/admin/inspect").json("/headers");
        return seen.stream()
                .map(JsonArray.class::cast)
                .filter(header -> header.getString(0).equalsIgnoreCase("X-Auth-Assertion"))
                .map(header -> header.getString(1))
                .findFirst()
                .orElseThrow();
    }
}
