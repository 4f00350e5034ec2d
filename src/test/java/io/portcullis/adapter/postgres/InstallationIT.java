package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Stores;
import org.junit.jupiter.api.Test;

class InstallationIT {
    private static final String PEPPER = "the-pepper-of-the-tests-is-public";

    @Test
    void otherSecretsThanBeforeAreTold() {
        var keyset = Keysets.create();
        try (var database = OwnDatabase.migrated();
                var postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 2)) {
            Installation.check(postgres, SecretBox.of(keyset), PEPPER);
            assertThatThrownBy(() -> Installation.check(postgres, SecretBox.of(Keysets.create()), PEPPER))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("secrets.encryption");
            assertThatThrownBy(() -> Installation.check(postgres, SecretBox.of(keyset), PEPPER + "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("secrets.pepper")
                    .message()
                    .doesNotContain(PEPPER);
            assertThatCode(() -> Installation.check(postgres, SecretBox.of(keyset), PEPPER))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aKeysetIsRotatedAndItsOldKeyRetired() {
        var keyset = Keysets.create();
        try (var database = OwnDatabase.migrated();
                var postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 2)) {
            Installation.check(postgres, SecretBox.of(keyset), PEPPER);
            var rotated = Keysets.rotate(keyset);
            var retired = SecretBox.of(Keysets.retire(rotated));
            assertThatThrownBy(() -> Installation.check(postgres, retired, PEPPER))
                    .hasMessageContaining("encryption");
            Installation.check(postgres, SecretBox.of(rotated), PEPPER);
            assertThat(new Resealing(postgres, SecretBox.of(rotated)).run()).isEqualTo(1);
            Installation.check(postgres, retired, PEPPER);
        }
    }
}
