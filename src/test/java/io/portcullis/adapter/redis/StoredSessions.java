package io.portcullis.adapter.redis;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import io.portcullis.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Sessions of one account or another in Redis, and whoever was told that one ended. */
abstract class StoredSessions {
    static final String KEY_BEGINS = "portcullis:session:2:{";
    static final Account ALICE = new Account("admin", "1");

    final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.MICROS));
    final List<Account> told = new ArrayList<>();
    final RedisSessions sessions;
    final Fingerprint fingerprint = Fingerprint.of(UUID.randomUUID().toString());

    StoredSessions(RedisStore redis) {
        sessions = new RedisSessions(redis, clock, told::add);
    }

    Session session(String source, Map<Method, Instant> verified) {
        return session(fingerprint, ALICE, source, verified);
    }

    Session session(Account account) {
        return session(Fingerprint.of(UUID.randomUUID().toString()), account, "legacy", Map.of());
    }

    private Session session(Fingerprint name, Account account, String source, Map<Method, Instant> verified) {
        return new Session(
                new Credential(name, clock.instant().plus(Duration.ofHours(2))),
                source,
                new Identity(account, Optional.of("alice@example.com"), Optional.empty()),
                List.of("pwd"),
                verified,
                clock.instant(),
                clock.instant().plus(Duration.ofHours(1)),
                clock.instant(),
                Duration.ofMinutes(20),
                new Client("192.0.2.1", "curl \"quoted\" é"),
                3);
    }
}
