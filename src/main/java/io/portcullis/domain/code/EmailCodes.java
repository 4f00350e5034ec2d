package io.portcullis.domain.code;

import io.portcullis.domain.account.Account;
import java.time.Duration;

/**
 * Mailed codes, of which an account has one outstanding for each purpose; kept as keyed digests, forgotten after their
 * time. Every method blocks, may be called on any virtual thread, and throws {@link io.portcullis.domain.error.Refused}
 * with {@code StoreUnavailable} when the store does not answer in time.
 */
public interface EmailCodes {
    /** What a code is good for; one for a set-up opens no login. */
    enum Purpose {
        VERIFY,
        SETUP
    }

    /** Replaces the outstanding code, with its attempts. It is good for the {@code address} that it was mailed to alone. */
    void put(Account account, Purpose purpose, String address, String code, Duration life);

    /**
     * Compares and consumes in one atomic step, over all instances; a wrong code takes one of {@code attempts}.
     *
     * @param address where codes of the account are mailed to now
     */
    Attempt attempt(Account account, Purpose purpose, String address, String code, int attempts);

    /** Undoes an attempt whose change was not kept; a code that was replaced meanwhile stays as it is. */
    void giveBack(Account account, Purpose purpose, Attempt attempt);

    /** What came of it. */
    sealed interface Attempt {
        /** {@code id} names the very code that was consumed. */
        record Right(String id) implements Attempt {}

        /** {@code left}: how often this code may still be tried. */
        record Wrong(String id, int left) implements Attempt {}

        /** The right code, for the second time. */
        record Used() implements Attempt {}

        /** None is outstanding: never sent, expired, or used up by wrong attempts. */
        record None() implements Attempt {}
    }
}
