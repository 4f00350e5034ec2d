package io.portcullis.domain.operator;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Enrollment;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.Setup;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code DISABLED, SETUP_IN_PROGRESS -> ENABLED} with the authenticator that a person has in another system, where it was
 * proved. A second factor that is enabled is never overwritten.
 */
public final class ImportAccount {
    private final Accounts accounts;
    private final InstantSource clock;

    public ImportAccount(Accounts accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    public enum Outcome {
        IMPORTED,
        /** Enabled with this very key; its codes stay as they are by now. */
        ALREADY_THERE,
        /** Enabled in another way. */
        CONFLICT
    }

    /** What would happen now; nothing is written. */
    public Outcome preview(Account account, TotpKey key) {
        return outcome(accounts.read(account).mfa(), key);
    }

    /**
     * Imports an account, all of it or nothing.
     *
     * @param email known from now on, unless an identity source has named the account already
     * @param codeHashes hashes of the backup codes, in the form in which they are stored
     */
    public Outcome put(
            Account account, Optional<String> email, TotpKey key, List<String> codeHashes, Operator operator) {
        var known = accounts.read(account).identity();
        return accounts.change(account, work -> {
            var before = work.current();
            var outcome = outcome(before, key);
            if (outcome != Outcome.IMPORTED) {
                return outcome;
            }
            if (email.isPresent() && known.email().isEmpty()) {
                work.know(
                        new Identity(account, email, known.role()),
                        operator.origin().language());
            }
            enable(work, new Enrollment.Totp(key));
            work.replaceRecoveryCodes(indexed(codeHashes));
            work.record(operator.event(AuditEvent.Type.ACCOUNT_IMPORTED, clock.instant(), ""));
            return outcome;
        });
    }

    /** Through a set-up, the one way to {@code ENABLED} that there is. */
    private void enable(Accounts.Work work, Enrollment.Totp enrollment) {
        var setup = new Setup(enrollment, clock.instant(), Optional.empty(), Map.of());
        work.become(work.current().startSetup(setup));
        work.become(work.current().confirmImported(enrollment));
    }

    private static Outcome outcome(Mfa mfa, TotpKey key) {
        if (!(mfa instanceof Mfa.Enabled enabled)) {
            return Outcome.IMPORTED;
        }
        boolean same = enabled.totp()
                .filter(app -> app.key().stored().equals(key.stored()))
                .isPresent();
        return same ? Outcome.ALREADY_THERE : Outcome.CONFLICT;
    }

    /** In place of the two letters that the gateway's own codes begin with. */
    private static Map<String, String> indexed(List<String> hashes) {
        var codes = new LinkedHashMap<String, String>();
        for (var hash : hashes) {
            codes.put(String.format(Locale.ROOT, "~%02d", codes.size()), hash);
        }
        return codes;
    }
}
