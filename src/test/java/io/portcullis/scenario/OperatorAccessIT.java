package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may use the operator routes, and with which proof. */
@ExtendWith(TestGateways.class)
class OperatorAccessIT {
    private static Stream<Answer> reads(TestGateway gateway, Person person, Person of) {
        return Stream.of(
                person.get("/auth/operator/accounts?query=x"),
                person.get(Operators.path(gateway, of)),
                person.get("/auth/operator/usage"),
                person.get("/auth/operator/audit"));
    }

    private static Stream<Answer> changes(TestGateway gateway, Person person, Person of) {
        return Stream.of("/reset", "/unlock", "/logout")
                .map(change -> person.post(Operators.path(gateway, of) + change));
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
        var operator = Operators.operator(gateway);
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
        var operator = Operators.operator(gateway);
        gateway.clock().advance(Duration.ofMinutes(16));
        assertThat(changes(gateway, operator, alice))
                .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("REAUTHENTICATION_REQUIRED"));
        assertThat(reads(gateway, operator, alice))
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(operator.verify(operator.app().nextCode()).status()).isEqualTo(200);
        assertThat(operator.post(Operators.path(gateway, alice) + "/unlock").status())
                .isEqualTo(200);
    }

    @Test
    void nobodyResetsOrUnlocksThemselves(TestGateway gateway) {
        var operator = Operators.operator(gateway);
        assertThat(operator.post(Operators.path(gateway, operator) + "/reset").code())
                .isEqualTo("FORBIDDEN");
        assertThat(operator.post(Operators.path(gateway, operator) + "/unlock").code())
                .isEqualTo("FORBIDDEN");
        assertThat(operator.state()).isEqualTo("ENABLED");
        assertThat(operator.post(Operators.path(gateway, operator) + "/logout").status())
                .isEqualTo(204);
        assertThat(operator.get("/auth/me").code()).isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void anotherSitesPageChangesNothing(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var operator = Operators.operator(gateway).with("Origin", "https://evil.example");
        assertThat(operator.post(Operators.path(gateway, alice) + "/reset").code())
                .isEqualTo("FORBIDDEN");
        assertThat(alice.state()).isEqualTo("ENABLED");
    }
}
