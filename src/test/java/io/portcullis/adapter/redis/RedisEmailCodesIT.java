package io.portcullis.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.HmacCodeDigest;
import io.portcullis.domain.EmailCodesContract;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.code.EmailCodes;
import io.portcullis.domain.code.EmailCodes.Attempt;
import io.portcullis.domain.code.EmailCodes.Purpose;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.testing.Await;
import io.portcullis.testing.Stores;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RedisEmailCodesIT implements EmailCodesContract {
    private static final RedisStore REDIS = RedisStore.open(Stores.vertx(), RedisSettings.at(Stores.redisUrl()));
    private static final String PEPPER = "the-pepper-of-the-tests-is-public";

    private final Account alice = new Account("admin", UUID.randomUUID().toString());

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Override
    public EmailCodes codes() {
        return new RedisEmailCodes(REDIS, new HmacCodeDigest(PEPPER));
    }

    /** In the time of Redis, which goes on by itself. */
    @Test
    void aCodeEndsWithItsTime() throws Exception {
        codes().put(alice, Purpose.VERIFY, ADDRESS, CODE, Duration.ofMillis(300));
        Await.until(
                "the code has expired",
                () -> codes().attempt(alice, Purpose.VERIFY, ADDRESS, WRONG, 1_000_000)
                        .equals(new Attempt.None()));
        assertThat(codes().attempt(alice, Purpose.VERIFY, ADDRESS, CODE, ATTEMPTS))
                .isEqualTo(new Attempt.None());
        assertThat(Stores.everythingInRedis()).doesNotContain(key());
    }

    /** An attempt does not prolong it, used or not. */
    @Test
    void aUsedCodeIsForgottenAsWell() throws Exception {
        codes().put(alice, Purpose.VERIFY, ADDRESS, CODE, Duration.ofMillis(500));
        var right = codes().attempt(alice, Purpose.VERIFY, ADDRESS, CODE, ATTEMPTS);
        codes().giveBack(alice, Purpose.VERIFY, right);
        codes().attempt(alice, Purpose.VERIFY, ADDRESS, CODE, ATTEMPTS);
        Await.until("it is forgotten", () -> !Stores.everythingInRedis().contains(key()));
        codes().giveBack(alice, Purpose.VERIFY, right);
        assertThat(Stores.everythingInRedis()).doesNotContain(key()); // and nothing is left behind for good
    }

    private String key() {
        return "portcullis:code:{" + Fingerprint.of("5:admin" + alice.subject()).value();
    }

    /** Neither the code nor what anybody could find it by who tries all there are. Six digits would be in many a time of day. */
    @Test
    void whoReadsRedisLearnsNoCodeAddressOrAccount() throws Exception {
        var code = "918273-which-no-time-of-day-contains";
        codes().put(alice, Purpose.VERIFY, "somebody@example.org", code, LIFE);
        var stored = Stores.everythingInRedis();
        assertThat(stored).contains(key());
        assertThat(stored)
                .doesNotContain(code)
                .doesNotContain("somebody@example.org")
                .doesNotContain(alice.subject());
        var plain = MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
        assertThat(stored)
                .doesNotContain(HexFormat.of().formatHex(plain))
                .doesNotContain(Base64.getEncoder().encodeToString(plain))
                .doesNotContain(Base64.getUrlEncoder().withoutPadding().encodeToString(plain));
    }

    @Test
    void anotherPepperKnowsNoCode() {
        codes().put(alice, Purpose.VERIFY, ADDRESS, CODE, LIFE);
        var other = new RedisEmailCodes(REDIS, new HmacCodeDigest("another-pepper-of-the-tests"));
        assertThat(other.attempt(alice, Purpose.VERIFY, ADDRESS, CODE, ATTEMPTS))
                .isInstanceOf(Attempt.Wrong.class);
    }
}
