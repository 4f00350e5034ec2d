package io.portcullis.gate;

import static io.portcullis.gate.Callers.ALICE;
import static io.portcullis.gate.Callers.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.login.Caller;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.mfa.Standing;
import io.portcullis.domain.session.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PassportCacheTest {
    private static final Account BOB = new Account("admin", "bob");

    private final AtomicBoolean leased = new AtomicBoolean(true);
    private final AtomicLong nanos = new AtomicLong();
    private final PassportCache cache = new PassportCache(leased::get, nanos::get);

    @Test
    void aTwoFactorCallerIsRemembered() {
        var passport = twoFactor(ALICE);
        keep(cache.now(), passport);
        assertThat(find(ALICE)).contains(passport);
        assertThat(find(BOB)).isEmpty();
    }

    @Test
    void aOneFactorCallerNeverIs() {
        keep(cache.now(), passport(ALICE, Map.of(), MfaState.ENABLED));
        assertThat(find(ALICE)).isEmpty();
    }

    @Test
    void norIsOneWhoseAccountHasNoSecondFactor() {
        keep(cache.now(), passport(ALICE, Map.of(Method.TOTP, NOW), MfaState.DISABLED));
        assertThat(find(ALICE)).isEmpty();
    }

    @Test
    void withoutTheLeaseTheSessionStoreIsToBeAsked() {
        keep(cache.now(), twoFactor(ALICE));
        assertThat(found(ALICE))
                .hasValueSatisfying(found -> assertThat(found.believed()).isTrue());
        leased.set(false);
        assertThat(found(ALICE))
                .hasValueSatisfying(found -> assertThat(found.believed()).isFalse());
    }

    @Test
    void withoutTheLeaseNothingOlderThanNineTenthsOfASecondIsOfUse() {
        leased.set(false);
        keep(cache.now(), twoFactor(ALICE));
        nanos.addAndGet(Duration.ofMillis(900).toNanos() - 1);
        assertThat(find(ALICE)).isPresent();
        nanos.addAndGet(1);
        assertThat(find(ALICE)).isEmpty();
    }

    @Test
    void whatWasReadBeforeTheLeaseWasRegainedIsNotBelieved() {
        keep(cache.now(), twoFactor(ALICE));
        leased.set(false);
        cache.distrust();
        assertThat(find(ALICE)).isPresent();
        cache.distrust();
        leased.set(true);
        assertThat(find(ALICE)).isEmpty();
    }

    @Test
    void aReadingThatBeganBeforeTheLeaseWasLostIsNotKept() {
        var readAt = cache.now();
        cache.distrust();
        keep(readAt, twoFactor(ALICE));
        assertThat(find(ALICE)).isEmpty();
    }

    @Test
    void forgettingAnAccountForgetsAllItsSessionsAndNoOthers() {
        keep(cache.now(), twoFactor(ALICE));
        keep(cache.now(), twoFactor(BOB));
        cache.forget(ALICE);
        assertThat(find(ALICE)).isEmpty();
        assertThat(find(BOB)).isPresent();
    }

    @Test
    void forgettingAllForgetsAll() {
        keep(cache.now(), twoFactor(ALICE));
        keep(cache.now(), twoFactor(BOB));
        cache.forgetAll();
        assertThat(find(ALICE)).isEmpty();
        assertThat(find(BOB)).isEmpty();
    }

    @Test
    void aReadingOlderThanAnInvalidationIsNotKept() {
        var readAt = cache.now();
        cache.forget(ALICE);
        keep(readAt, twoFactor(ALICE));
        assertThat(find(ALICE)).isEmpty();
        keep(cache.now(), twoFactor(ALICE));
        assertThat(find(ALICE)).isPresent();
    }

    @Test
    void norIsOneOlderThanForgettingAll() {
        var readAt = cache.now();
        cache.forgetAll();
        keep(readAt, twoFactor(ALICE));
        assertThat(find(ALICE)).isEmpty();
    }

    @Test
    void aCallerIsReadAgainAfterTenSecondsHoweverOftenItIsFound() {
        keep(cache.now(), twoFactor(ALICE));
        nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertThat(find(ALICE)).isPresent();
        nanos.addAndGet(1);
        assertThat(find(ALICE)).isEmpty();
    }

    @Test
    void aCallerIsFoundByTheSpellingThatWasReadAndNoOther() {
        cache.keep(cache.now(), Fingerprint.of("another spelling"), twoFactor(ALICE));
        assertThat(cache.find(Fingerprint.of("another spelling"))).isPresent();
        assertThat(find(ALICE)).isEmpty();
        cache.forget(ALICE);
        assertThat(cache.find(Fingerprint.of("another spelling"))).isEmpty();
    }

    private void keep(PassportCache.Moment readAt, Passport passport) {
        cache.keep(readAt, passport.caller().session().fingerprint(), passport);
    }

    private Optional<Passport> find(Account account) {
        return found(account).map(PassportCache.Found::passport);
    }

    private Optional<PassportCache.Found> found(Account account) {
        return cache.find(Fingerprint.of(account.subject()));
    }

    private static Passport twoFactor(Account account) {
        return passport(account, Map.of(Method.TOTP, NOW), MfaState.ENABLED);
    }

    static Passport passport(Account account, Map<Method, Instant> verified, MfaState state) {
        var session = Callers.session(account.subject(), account, Optional.empty(), Optional.of("admin"), verified);
        var standing = new Standing(state, Set.of(Method.TOTP), 0, 10, false, Optional.empty());
        return new Passport(new Caller(session, standing, session.expiresAt()), AssertionsTest.NONE.of(session), 0);
    }
}
