package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.code.CodeHasher;
import io.portcullis.domain.code.EmailCodes;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.limits.RateLimiter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Proves the second factor of an account that has one. Whatever it opens, a code is compared here. */
public final class SecondFactor {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{6,8}");

    private final Accounts accounts;
    private final CodeHasher hasher;
    private final MailedCode mailedCode;
    private final Attempts attempts;
    private final int window;
    private final InstantSource clock;

    public SecondFactor(
            Accounts accounts,
            EmailCodes emailCodes,
            RateLimiter limiter,
            CodeHasher hasher,
            MfaSettings settings,
            InstantSource clock) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.mailedCode = new MailedCode(emailCodes, limiter, settings.email());
        this.attempts = new Attempts(settings.lockout(), clock);
        this.window = settings.totp().window();
        this.clock = clock;
    }

    /**
     * What was proved, and when.
     *
     * @param failuresBefore wrong ones in a row, right before it
     */
    public record Proved(Method method, int recoveryCodesRemaining, long securityVersion, int failuresBefore) {}

    /**
     * Proves it in one transaction.
     *
     * @param method empty: told by the code's form
     * @param notEnabled the problem of an account that has no second factor (any more)
     * @param lastly runs when the code is right; when it throws, nothing was used up
     */
    public Proved prove(
            Account account, String code, Optional<Method> method, Problem notEnabled, Origin origin, Runnable lastly) {
        return accounts.<Verdict<Proved>>change(
                        account,
                        work -> prove(work, code, method, notEnabled, origin).map(proved -> {
                            lastly.run();
                            return proved;
                        }))
                .orThrow();
    }

    /** The same inside a change of the account that does more. */
    Verdict<Proved> prove(Accounts.Work work, String code, Optional<Method> method, Problem notEnabled, Origin origin) {
        checkForm(code, work::recoveryCodes);
        if (!(work.current() instanceof Mfa.Enabled enabled)) {
            throw new Refused(notEnabled);
        }
        var kinds = method.map(List::of).orElseGet(() -> kinds(work.recoveryCodes(), enabled, code));
        int failuresBefore = work.lockout().inARow();
        return attempts.judge(work, origin, () -> compare(work, enabled, code, kinds))
                .map(right -> passed(work, enabled, right, failuresBefore, origin));
    }

    /** Nothing is judged or counted that can be no code of this account: those made elsewhere may have any form. */
    static void checkForm(String code, Supplier<List<Accounts.StoredRecoveryCode>> recoveryCodes) {
        boolean ours =
                DIGITS.matcher(code).matches() || RecoveryCode.parse(code).isPresent();
        if (!ours && recoveryCodes.get().stream().noneMatch(Accounts.StoredRecoveryCode::madeElsewhere)) {
            throw new Refused(Problem.InvalidRequest.field("code", "must be 6 to 8 digits, or a recovery code"));
        }
    }

    /**
     * Before slow hashes are computed for it: whether a code would be refused. What only a slow hash or the store of mailed codes
     * could tell is not sure; nothing is used up or counted.
     */
    boolean surelyRefused(String code, Mfa.Enabled enabled, List<Accounts.StoredRecoveryCode> recoveryCodes) {
        return kinds(recoveryCodes, enabled, code).stream().noneMatch(kind -> switch (kind) {
            case TOTP -> enabled.prove(code, clock.instant(), window) instanceof Mfa.Proof.Right;
            case EMAIL -> true;
            case RECOVERY -> recoveryCodes.stream().anyMatch(stored -> RecoveryCode.mayBe(code, stored));
            case WEBAUTHN, DEVICE, NETWORK -> false;
        });
    }

    private Proved passed(
            Accounts.Work work, Mfa.Enabled before, Mfa.Proof.Right right, int failuresBefore, Origin origin) {
        if (!right.next().equals(before)) { // a recovery or mailed code moves no time step
            work.become(right.next());
        }
        var now = clock.instant();
        work.record(AuditEvent.own(
                AuditEvent.Type.SECOND_FACTOR_PASSED,
                now,
                origin,
                right.method().wire()));
        int remaining = work.recoveryCodesRemaining();
        if (right.method() == Method.RECOVERY) {
            work.record(AuditEvent.own(AuditEvent.Type.RECOVERY_CODE_USED, now, origin, Integer.toString(remaining)));
        }
        return new Proved(right.method(), remaining, work.securityVersion(), failuresBefore);
    }

    /** What a code may be by its form: digits are of an app or mailed, anything else is a recovery code. */
    private static List<Method> kinds(
            List<Accounts.StoredRecoveryCode> recoveryCodes, Mfa.Enabled enabled, String code) {
        if (!DIGITS.matcher(code).matches()) {
            return List.of(Method.RECOVERY);
        }
        var kinds = new ArrayList<>(enabled.methods());
        kinds.sort(Comparator.naturalOrder());
        if (recoveryCodes.stream().anyMatch(Accounts.StoredRecoveryCode::madeElsewhere)) {
            kinds.add(Method.RECOVERY);
        }
        return kinds;
    }

    /** The first that is right; else what says most about the code. */
    private Mfa.Proof compare(Accounts.Work work, Mfa.Enabled enabled, String code, List<Method> kinds) {
        var proofs = new ArrayList<Mfa.Proof>();
        for (var kind : kinds) {
            var proof = compare(work, enabled, code, kind);
            if (proof instanceof Mfa.Proof.Right || kinds.size() == 1) {
                return proof;
            }
            proofs.add(proof);
        }
        return proofs.stream()
                .filter(Mfa.Proof.Replayed.class::isInstance)
                .findFirst()
                .orElse(Mfa.Proof.WRONG);
    }

    private Mfa.Proof compare(Accounts.Work work, Mfa.Enabled enabled, String code, Method method) {
        return switch (method) {
            case TOTP -> enabled.prove(code, clock.instant(), window);
            case EMAIL ->
                enabled.email()
                        .map(mailbox ->
                                mailedCode.judge(work, EmailCodes.Purpose.VERIFY, mailbox.address(), code, enabled))
                        .orElseGet(Mfa.Proof.Expired::new);
            case RECOVERY -> useRecoveryCode(work, enabled, code);
            case WEBAUTHN, DEVICE, NETWORK -> Mfa.Proof.WRONG;
        };
    }

    private Mfa.Proof useRecoveryCode(Accounts.Work work, Mfa.Enabled enabled, String text) {
        var stored = work.recoveryCodes().stream()
                .filter(candidate -> RecoveryCode.matches(text, candidate, hasher))
                .findFirst();
        if (stored.isEmpty()) {
            return Mfa.Proof.WRONG;
        }
        if (stored.get().used()) {
            return new Mfa.Proof.Replayed();
        }
        work.useRecoveryCode(stored.get().index());
        return new Mfa.Proof.Right(Method.RECOVERY, enabled);
    }
}
