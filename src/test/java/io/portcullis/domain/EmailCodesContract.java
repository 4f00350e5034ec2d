package io.portcullis.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.code.EmailCodes;
import io.portcullis.domain.code.EmailCodes.Attempt;
import io.portcullis.domain.code.EmailCodes.Purpose;
import io.portcullis.testing.Race;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link EmailCodes} promises. */
public interface EmailCodesContract {
    Duration LIFE = Duration.ofMinutes(10);
    int ATTEMPTS = 5;
    String ADDRESS = "a@example.com";
    String CODE = "123456";
    String WRONG = "654321";

    /** One instance; all of them share the codes. */
    EmailCodes codes();

    private static Account somebody() {
        return new Account("admin", UUID.randomUUID().toString());
    }

    private static Attempt attempt(EmailCodes codes, Account account, String code) {
        return codes.attempt(account, Purpose.VERIFY, ADDRESS, code, ATTEMPTS);
    }

    private static void put(EmailCodes codes, Account account, String code) {
        codes.put(account, Purpose.VERIFY, ADDRESS, code, LIFE);
    }

    @Test
    default void aRightCodeIsRightOnce() {
        var alice = somebody();
        put(codes(), alice, CODE);
        assertThat(attempt(codes(), alice, CODE)).isInstanceOf(Attempt.Right.class);
        assertThat(attempt(codes(), alice, CODE)).isEqualTo(new Attempt.Used());
        assertThat(attempt(codes(), alice, WRONG)).isEqualTo(new Attempt.None());
    }

    @Test
    default void wrongOnesUseItUp() {
        var codes = codes();
        var alice = somebody();
        put(codes, alice, CODE);
        for (int left = ATTEMPTS - 1; left >= 0; left--) {
            assertThat(((Attempt.Wrong) attempt(codes, alice, WRONG)).left()).isEqualTo(left);
        }
        assertThat(attempt(codes, alice, CODE)).isEqualTo(new Attempt.None());
    }

    @Test
    default void withoutOneThereIsNone() {
        assertThat(attempt(codes(), somebody(), CODE)).isEqualTo(new Attempt.None());
    }

    @Test
    default void aNewOneReplacesTheOldWithItsAttempts() {
        var codes = codes();
        var alice = somebody();
        put(codes, alice, CODE);
        attempt(codes, alice, WRONG);
        put(codes, alice, "222222");
        assertThat(((Attempt.Wrong) attempt(codes, alice, CODE)).left()).isEqualTo(ATTEMPTS - 1);
        assertThat(attempt(codes, alice, "222222")).isInstanceOf(Attempt.Right.class);
        put(codes, alice, CODE);
        assertThat(attempt(codes, alice, CODE)).isInstanceOf(Attempt.Right.class);
    }

    @Test
    default void itIsForOneAccountPurposeAndAddress() {
        var codes = codes();
        var alice = new Account("admin", "1" + UUID.randomUUID());
        put(codes, alice, CODE);
        assertThat(attempt(codes, new Account("user", alice.subject()), CODE)).isEqualTo(new Attempt.None());
        assertThat(attempt(codes, new Account("admin1", alice.subject().substring(1)), CODE))
                .isEqualTo(new Attempt.None());
        assertThat(codes.attempt(alice, Purpose.SETUP, ADDRESS, CODE, ATTEMPTS)).isEqualTo(new Attempt.None());
        assertThat(codes.attempt(alice, Purpose.VERIFY, "b@example.com", CODE, ATTEMPTS))
                .isInstanceOf(Attempt.Wrong.class);
        assertThat(attempt(codes, alice, CODE)).isInstanceOf(Attempt.Right.class);
    }

    @Test
    default void bothPurposesStandBesideEachOther() {
        var codes = codes();
        var alice = somebody();
        put(codes, alice, CODE);
        codes.put(alice, Purpose.SETUP, ADDRESS, "222222", LIFE);
        assertThat(codes.attempt(alice, Purpose.SETUP, ADDRESS, "222222", ATTEMPTS))
                .isInstanceOf(Attempt.Right.class);
        assertThat(attempt(codes, alice, CODE)).isInstanceOf(Attempt.Right.class);
    }

    @Test
    default void whatWasGivenBackWasNeverTried() {
        var codes = codes();
        var alice = somebody();
        put(codes, alice, CODE);
        codes.giveBack(alice, Purpose.VERIFY, attempt(codes, alice, WRONG));
        assertThat(((Attempt.Wrong) attempt(codes, alice, WRONG)).left()).isEqualTo(ATTEMPTS - 1);
        codes.giveBack(alice, Purpose.VERIFY, attempt(codes, alice, CODE));
        assertThat(attempt(codes, alice, CODE)).isInstanceOf(Attempt.Right.class);
    }

    @Test
    default void givingBackTouchesNoLaterCode() {
        var codes = codes();
        var alice = somebody();
        put(codes, alice, CODE);
        var right = attempt(codes, alice, CODE);
        put(codes, alice, "222222");
        attempt(codes, alice, "222222");
        codes.giveBack(alice, Purpose.VERIFY, right);
        assertThat(attempt(codes, alice, "222222")).isEqualTo(new Attempt.Used());
        put(codes, alice, CODE);
        var wrong = attempt(codes, alice, WRONG);
        put(codes, alice, "222222");
        attempt(codes, alice, WRONG);
        codes.giveBack(alice, Purpose.VERIFY, wrong);
        assertThat(((Attempt.Wrong) attempt(codes, alice, WRONG)).left()).isEqualTo(ATTEMPTS - 2);
    }

    @Test
    default void ofFiftyRightOnesAtOnceOneIsRight() throws Exception {
        var codes = codes();
        var other = codes();
        var alice = somebody();
        put(codes, alice, CODE);
        var turn = new AtomicInteger();
        var attempts = Race.of(50, () -> attempt(turn.getAndIncrement() % 2 == 0 ? codes : other, alice, CODE));
        assertThat(attempts).filteredOn(Attempt.Right.class::isInstance).hasSize(1);
        assertThat(attempts).filteredOn(new Attempt.Used()::equals).hasSize(49);
    }

    @Test
    default void ofFiftyWrongOnesAtOnceFiveAreCompared() throws Exception {
        var codes = codes();
        var alice = somebody();
        put(codes, alice, CODE);
        var attempts = Race.of(50, () -> attempt(codes, alice, WRONG));
        assertThat(attempts).filteredOn(Attempt.Wrong.class::isInstance).hasSize(ATTEMPTS);
        assertThat(attempts).filteredOn(new Attempt.None()::equals).hasSize(45);
    }
}
