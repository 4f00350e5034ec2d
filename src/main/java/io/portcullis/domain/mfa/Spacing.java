package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.code.EmailCodeSettings;
import io.portcullis.domain.code.EmailCodes;
import io.portcullis.domain.limits.Policy;
import io.portcullis.domain.limits.Rate;
import io.portcullis.domain.limits.RateLimiter;

/** How soon another code may be sent after one that was not used yet. */
final class Spacing {
    private final RateLimiter limiter;
    private final Policy policy;

    Spacing(RateLimiter limiter, EmailCodeSettings settings) {
        this.limiter = limiter;
        this.policy = new Policy("resend", new Rate(1, settings.resendAfter()));
    }

    Policy policy() {
        return policy;
    }

    /** A set-up and a login do not wait for each other's codes. */
    String[] key(Account account, EmailCodes.Purpose purpose) {
        return new String[] {account.realm(), account.subject(), purpose.name()};
    }

    /** The code was used, so that the next is none that is sent again: another login may follow at once. */
    void end(Account account, EmailCodes.Purpose purpose) {
        limiter.clear(policy, key(account, purpose));
    }
}
