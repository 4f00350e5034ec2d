package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.code.EmailCodeSettings;
import io.portcullis.domain.code.EmailCodes;
import io.portcullis.domain.limits.RateLimiter;

/** Judges a mailed code inside a change of its account; a change that is not kept has consumed nothing. */
final class MailedCode {
    private final EmailCodes codes;
    private final Spacing spacing;
    private final int attempts;

    MailedCode(EmailCodes codes, RateLimiter limiter, EmailCodeSettings settings) {
        this.codes = codes;
        this.spacing = new Spacing(limiter, settings);
        this.attempts = settings.attempts();
    }

    /** {@code next} is what the account becomes when the code is right. */
    Mfa.Proof judge(Accounts.Work work, EmailCodes.Purpose purpose, String address, String code, Mfa.Enabled next) {
        var attempt = codes.attempt(work.account(), purpose, address, code, attempts);
        work.ifLost(() -> codes.giveBack(work.account(), purpose, attempt));
        return switch (attempt) {
            case EmailCodes.Attempt.Right right -> {
                spacing.end(work.account(), purpose);
                yield new Mfa.Proof.Right(Method.EMAIL, next);
            }
            case EmailCodes.Attempt.Wrong wrong -> new Mfa.Proof.Wrong(wrong.left());
            case EmailCodes.Attempt.Used used -> new Mfa.Proof.Replayed();
            case EmailCodes.Attempt.None none -> new Mfa.Proof.Expired();
        };
    }
}
