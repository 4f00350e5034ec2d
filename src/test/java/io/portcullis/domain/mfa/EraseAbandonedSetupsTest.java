package io.portcullis.domain.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.InMemoryAccounts;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.testing.States;
import io.portcullis.testing.TestClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EraseAbandonedSetupsTest {
    private static final Duration TTL = Duration.ofMinutes(15);

    private final TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final InMemoryAccounts accounts = new InMemoryAccounts(clock);
    private final EraseAbandonedSetups erase = new EraseAbandonedSetups(accounts, clock);
    private final TotpKey key = TotpKey.random(new SecureRandom(), TotpSettings.DEFAULTS);

    @Test
    void howeverManyThereAre() {
        var people = IntStream.range(0, 250)
                .mapToObj(i -> new Account("admin", "person " + i))
                .toList();
        people.forEach(this::start);
        clock.advance(TTL);
        var bob = new Account("admin", "bob");
        start(bob);
        assertThat(erase.run()).isEqualTo(250);
        for (var person : people) {
            assertThat(accounts.mfa(person)).isEqualTo(new Mfa.Disabled());
            assertThat(accounts.events(person)).containsExactly(AuditEvent.Type.SETUP_ABANDONED);
        }
        assertThat(accounts.mfa(bob)).isInstanceOf(Mfa.SetupInProgress.class);
        assertThat(erase.run()).isZero();
    }

    @Test
    void ofAnEnabledAccountTheAdditionAloneIsErased() {
        var alice = new Account("admin", "alice");
        var enabled = States.enabled(key, 7);
        start(alice);
        accounts.change(alice, work -> {
            work.become(enabled);
            work.become(new Mfa.Enabled(
                    enabled.totp(),
                    Optional.empty(),
                    Optional.of(new Setup(
                            new Enrollment.Email("alice@example.com"),
                            clock.instant().plus(TTL),
                            Optional.empty(),
                            Map.of()))));
            return true;
        });
        assertThat(erase.run()).isZero();
        clock.advance(TTL);
        assertThat(erase.run()).isEqualTo(1);
        assertThat(accounts.mfa(alice)).isEqualTo(enabled);
    }

    private void start(Account account) {
        accounts.change(account, work -> {
            work.become(States.settingUp(key, clock.instant().plus(TTL)));
            return true;
        });
    }
}
