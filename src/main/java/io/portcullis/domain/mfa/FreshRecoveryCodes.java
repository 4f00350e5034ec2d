package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.code.CodeHasher;
import io.portcullis.domain.limits.Policy;
import io.portcullis.domain.limits.Rate;
import io.portcullis.domain.limits.RateLimiter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Makes the recovery codes of an account. Their slow hashes take a quarter of a second of CPU, so they are made before the
 * change that stores them, which holds a connection.
 */
public final class FreshRecoveryCodes {
    private static final Rate RATE = new Rate(30, Duration.ofMinutes(15));

    /** Codes of a set-up, and those that take the place of others: whoever uses one up takes nothing from the other. */
    static final Policy AT_SETUP = new Policy("setupCodes", RATE);

    static final Policy REGENERATED = new Policy("recoveryCodes", RATE);

    private final CodeHasher hasher;
    private final RateLimiter limiter;
    private final int count;
    private final SecureRandom random;

    public FreshRecoveryCodes(CodeHasher hasher, RateLimiter limiter, MfaSettings settings, SecureRandom random) {
        this.hasher = hasher;
        this.limiter = limiter;
        this.count = settings.recoveryCodes();
        this.random = random;
    }

    /** Codes to be shown once, and what is stored of them. */
    record Made(List<RecoveryCode> codes, Map<String, String> hashes) {
        static final Made NONE = new Made(List.of(), Map.of());
    }

    /** Throws {@code RateLimited} when this account had very many made: whether they are kept is decided after. */
    Made make(Account account, Policy policy) {
        limiter.take(policy, account.realm(), account.subject()).orThrow();
        return make();
    }

    /** Limited by the caller. */
    Made make() {
        var codes = RecoveryCode.random(random, count);
        return new Made(codes, RecoveryCode.hashed(codes, hasher));
    }
}
