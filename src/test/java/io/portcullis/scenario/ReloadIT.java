package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** New settings in a running gateway. */
@ExtendWith(TestGateways.class)
class ReloadIT {
    @Test
    void aRequestThatCameInBeforeReachesTheBackendAfter(@OwnRealm TestGateway gateway) throws Exception {
        var form = TestGateway.form(LegacyAccounts.ALICE).encode();
        var login = RawHttp.request("POST", "/admin/login", form);
        try (var connection = RawHttp.to(gateway.port())) {
            connection.send(login.substring(0, login.length() - 1));
            // New connections go to the event loops in turn: the one that has the head answers one of these after it.
            for (int each = 0; each < 2 * Runtime.getRuntime().availableProcessors(); each++) {
                RawHttp.get(gateway.port(), "/public/x");
            }
            gateway.reload();
            connection.send(login.substring(login.length() - 1));
            assertThat(connection.answer().status()).isEqualTo(200);
        }
    }
}
