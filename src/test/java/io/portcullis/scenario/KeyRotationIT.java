package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The keyset is rotated and the instances are restarted with it, one after the other: nobody notices. */
@ExtendWith(TestGateways.class)
class KeyRotationIT {
    @Test
    void whoWasEnrolledBeforeTheRotationVerifiesAfterIt(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        try (var rotated = gateway.launchWith(Keysets.rotate(TestGateway.keyset()))) {
            var laptop = gateway.again(alice).at(rotated.port());
            assertThat(laptop.verify(alice.app().nextCode()).status()).isEqualTo(200);
            assertThat(laptop.get("/admin/metrics").status()).isEqualTo(200);
        }
    }

    @Test
    void betweenAPreparedAndAPromotedKeyEveryInstanceServesEverybody(TestGateway gateway) {
        var prepared = Keysets.prepare(TestGateway.keyset());
        try (var behind = gateway.launchWith(prepared);
                var ahead = gateway.launchWith(Keysets.rotate(prepared))) {
            var alice = gateway.loggedIn().at(ahead.port()).enrolled();
            var laptop = gateway.again(alice).at(behind.port());
            assertThat(laptop.verify(alice.app().nextCode()).status()).isEqualTo(200);

            var bob = gateway.loggedIn().at(behind.port()).enrolled();
            var tablet = gateway.again(bob).at(ahead.port());
            assertThat(tablet.verify(bob.app().nextCode()).status()).isEqualTo(200);
        }
    }
}
