package io.portcullis.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.code.EmailCodes;
import io.portcullis.domain.code.EmailCodes.Attempt;
import io.portcullis.domain.code.EmailCodes.Purpose;
import io.portcullis.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryEmailCodesTest implements EmailCodesContract {
    private final TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final EmailCodes codes = new InMemoryEmailCodes(clock);

    @Override
    public EmailCodes codes() {
        return codes;
    }

    @Test
    void aCodeEndsWithItsTime() {
        var alice = new Account("admin", "alice");
        codes.put(alice, Purpose.VERIFY, ADDRESS, CODE, LIFE);
        clock.advance(LIFE.minus(Duration.ofMillis(1)));
        assertThat(codes.attempt(alice, Purpose.VERIFY, ADDRESS, WRONG, ATTEMPTS))
                .isInstanceOf(Attempt.Wrong.class);
        clock.advance(Duration.ofMillis(1));
        assertThat(codes.attempt(alice, Purpose.VERIFY, ADDRESS, CODE, ATTEMPTS))
                .isEqualTo(new Attempt.None());
    }
}
