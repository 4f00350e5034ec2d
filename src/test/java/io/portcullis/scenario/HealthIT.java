package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The health routes while all is well; what they say of a store that is down is in {@link StoreOutageIT}. */
@ExtendWith(TestGateways.class)
class HealthIT {
    @Test
    void readinessTellsEachStoreAndTheGenerationOfTheConfig(@OwnRealm TestGateway gateway) {
        var ready = health(gateway, "ready");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json("/status")).isEqualTo("up");
        assertThat(ready.json("/stores/PostgreSQL")).isEqualTo("up");
        assertThat(ready.json("/stores/Redis")).isEqualTo("up");
        assertThat(ready.json("/config/generation")).isEqualTo(1);
        gateway.reload();
        assertThat(health(gateway, "ready").json("/config/generation")).isEqualTo(2);
    }

    @Test
    void aProcessThatRunsIsAlive(TestGateway gateway) {
        assertThat(health(gateway, "live").json("/status")).isEqualTo("up");
    }

    private static Answer health(TestGateway gateway, String what) {
        return Person.at(gateway.managementPort(), gateway.clock()).get("/health/" + what);
    }
}
