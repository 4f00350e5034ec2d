package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;

/** Judges a mailed code inside a change of its account; a change that is not kept has consumed nothing. */
final class MailedCode {
    private final EmailCodes codes;
    private final int attempts;

    MailedCode(EmailCodes codes, EmailCodeSettings settings) {
        this.codes = codes;
        this.attempts = settings.attempts();
    }

    /** {@code next} is what the account becomes when the code is right. */
    Mfa.Proof judge(Accounts.Work work, EmailCodes.Purpose purpose, String code, Mfa.Enabled next) {
        var attempt = codes.attempt(work.account(), purpose, code, attempts);
        work.ifLost(() -> codes.giveBack(work.account(), purpose, attempt));
        return switch (attempt) {
            case EmailCodes.Attempt.Right right -> new Mfa.Proof.Right(Method.EMAIL, next);
            case EmailCodes.Attempt.Wrong wrong -> new Mfa.Proof.Wrong(wrong.left());
            case EmailCodes.Attempt.Used used -> new Mfa.Proof.Replayed();
            case EmailCodes.Attempt.None none -> new Mfa.Proof.Expired();
        };
    }
}
