package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.server.StartFailure;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.TestGateway;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The keyset is rotated and the instances are restarted with it, one after the other: nobody notices. */
class KeyRotationIT {
    private final OwnDatabase database =
            OwnDatabase.empty(); // the rotated keysets of one test are strangers to the next
    private final TestGateway gateway = TestGateway.with(Map.of("PG_URL", database.url()));

    @AfterEach
    void close() {
        gateway.close();
        database.close();
    }

    @Test
    void whoWasEnrolledBeforeTheRotationVerifiesAfterIt() {
        var alice = gateway.loggedIn().enrolled();
        try (var rotated = gateway.launchWith(Keysets.rotate(TestGateway.keyset()))) {
            var laptop = gateway.again(alice).at(rotated.port());
            assertThat(laptop.verify(alice.app().nextCode()).status()).isEqualTo(200);
            assertThat(laptop.get("/admin/metrics").status()).isEqualTo(200);
        }
    }

    /** Told at the start, not at the first login. */
    @Test
    void anInstanceWithAnotherKeysetDoesNotStart() {
        assertThatThrownBy(() -> gateway.launchWith(Keysets.create()).close())
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("secrets.encryption");
    }

    @Test
    void betweenAPreparedAndAPromotedKeyEveryInstanceServesEverybody() {
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
