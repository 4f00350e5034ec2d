package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.device.Devices;
import io.portcullis.domain.device.KnownClient;
import io.portcullis.domain.device.KnownClient.Familiar;
import io.portcullis.domain.device.RememberedDevice;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.testing.Race;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DevicesIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Client CLIENT = new Client("192.0.2.1", "Firefox");
    private static final Postgres POSTGRES = Postgres.open(Stores.vertx(), PostgresUrl.of(Stores.postgresUrl()), 4);

    private final TestClock clock = new TestClock(NOW);
    private final PostgresAccounts accounts = new PostgresAccounts(
            POSTGRES, SecretBox.of(Keysets.create()), AuditKey.of("a pepper of this test alone"), clock);
    private final Account alice = new Account("admin", UUID.randomUUID().toString());
    private final Account bob = new Account("admin", UUID.randomUUID().toString());

    @AfterAll
    static void close() {
        POSTGRES.close();
    }

    @Test
    void aDeviceIsKeptAsItIs() {
        var device = device("token " + alice, 0, NOW.plus(Duration.ofDays(30)));
        add(alice, device);
        assertThat(accounts.devices(alice)).containsExactly(device);
        assertThat(accounts.devices(bob)).isEmpty();
    }

    @Test
    void aTokenIsReplacedOnce() throws Exception {
        var device = device("old " + alice, 0, NOW.plus(Duration.ofDays(30)));
        add(alice, device);
        var won = Race.of(8, () -> rotate(alice, device, "new " + UUID.randomUUID()));
        assertThat(won).containsOnlyOnce(true);
        assertThat(accounts.devices(alice))
                .singleElement()
                .satisfies(kept -> assertThat(kept.token()).isNotEqualTo(device.token()));
    }

    @Test
    void aTokenOfAnotherAccountOrTimeOrVersionIsNotReplaced() {
        var device = device("token " + alice, 0, NOW.plus(Duration.ofDays(1)));
        add(alice, device);
        assertThat(rotate(bob, device, "new " + bob)).isFalse();
        clock.advance(Duration.ofDays(1));
        assertThat(rotate(alice, device, "new " + alice)).isFalse();
        clock.advance(Duration.ofSeconds(-1));
        accounts.change(alice, work -> work.raiseSecurityVersion());
        assertThat(rotate(alice, device, "new " + alice)).isFalse();
        assertThat(accounts.devices(alice)).containsExactly(device);
    }

    @Test
    void oneOrAllAreForgottenAndNobodyElses() {
        var first = device("first " + alice, 0, NOW.plus(Duration.ofDays(1)));
        add(alice, first);
        add(alice, device("second " + alice, 0, NOW.plus(Duration.ofDays(1))));
        add(bob, device("token " + bob, 0, NOW.plus(Duration.ofDays(1))));
        assertThat(accounts.<Boolean>change(bob, work -> work.devices().forget(first.id())))
                .isFalse();
        assertThat(accounts.<Boolean>change(alice, work -> work.devices().forget(first.id())))
                .isTrue();
        assertThat(accounts.<Integer>change(alice, work -> work.forgetDevices()))
                .isEqualTo(1);
        assertThat(accounts.devices(alice)).isEmpty();
        assertThat(accounts.devices(bob)).hasSize(1);
    }

    @Test
    void thoseWhoseTimeRanOutAreSweptAway() {
        add(alice, device("early " + alice, 0, NOW.plus(Duration.ofDays(1))));
        add(alice, device("late " + alice, 0, NOW.plus(Duration.ofDays(2))));
        assertThat(accounts.forgetExpiredDevices(NOW.plus(Duration.ofDays(1)))).isPositive();
        assertThat(accounts.devices(alice))
                .extracting(RememberedDevice::expiresAt)
                .containsExactly(NOW.plus(Duration.ofDays(2)));
    }

    @Test
    void fiftyAreKept() {
        for (int i = 0; i <= Devices.MOST; i++) {
            clock.advance(Duration.ofSeconds(1));
            add(alice, device(i + " " + alice, 0, NOW.plus(Duration.ofDays(1))));
        }
        assertThat(accounts.devices(alice))
                .hasSize(Devices.MOST)
                .noneMatch(device -> device.token().equals(Fingerprint.of("0 " + alice)));
    }

    @Test
    void aClientIsFamiliarByItsPartsAndOfItsAccountAlone() {
        assertThat(seen(alice, "192.0.2.1", "Firefox")).isEqualTo(new Familiar(true, false, false));
        assertThat(seen(alice, "192.0.2.2", "Firefox")).isEqualTo(new Familiar(false, true, true));
        assertThat(seen(alice, "198.51.100.1", "Firefox")).isEqualTo(new Familiar(false, false, true));
        assertThat(seen(alice, "192.0.2.1", "Safari")).isEqualTo(new Familiar(false, true, false));
        assertThat(seen(alice, "203.0.113.1", "Chrome")).isEqualTo(new Familiar(false, false, false));
        assertThat(seen(bob, "192.0.2.1", "Firefox")).isEqualTo(new Familiar(true, false, false));
    }

    @Test
    void fiftyClientsAreKeptAndTheOldestUnusedGo() {
        for (int i = 0; i < KnownClient.MOST; i++) {
            clock.advance(Duration.ofSeconds(1));
            seen(alice, "10.0." + i + ".1", "Firefox");
        }
        clock.advance(Duration.ofSeconds(1));
        seen(alice, "10.0.0.1", "Firefox");
        clock.advance(Duration.ofSeconds(1));
        seen(alice, "10.1.0.1", "Firefox");
        assertThat(seen(alice, "10.0.0.1", "Firefox").network()).isTrue();
        assertThat(seen(alice, "10.0.1.1", "Firefox").network()).isFalse();
    }

    private Familiar seen(Account account, String address, String userAgent) {
        return accounts.change(
                account, work -> work.seen(KnownClient.of(new Client(address, userAgent)), clock.instant()));
    }

    private void add(Account account, RememberedDevice device) {
        accounts.<Boolean>change(account, work -> {
            work.devices().add(device);
            return true;
        });
    }

    private boolean rotate(Account account, RememberedDevice device, String next) {
        var used = new RememberedDevice(
                device.id(),
                Fingerprint.of(next),
                device.securityVersion(),
                device.method(),
                device.verifiedAt(),
                device.createdAt(),
                clock.instant(),
                device.expiresAt(),
                CLIENT);
        return accounts.change(account, work -> work.devices().rotate(device.token(), used));
    }

    private RememberedDevice device(String token, long version, Instant expiresAt) {
        return new RememberedDevice(
                UUID.randomUUID().toString(),
                Fingerprint.of(token),
                version,
                Method.TOTP,
                NOW,
                NOW,
                clock.instant(),
                expiresAt,
                CLIENT);
    }
}
