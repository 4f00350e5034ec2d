package io.portcullis.domain.mfa;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Session;
import java.time.InstantSource;
import java.util.List;

/** Fresh recovery codes on a fresh proof; the earlier ones are dead in the moment these are born. */
public final class RegenerateRecoveryCodes {
    private final Accounts accounts;
    private final FreshProof freshProof;
    private final FreshRecoveryCodes fresh;
    private final InstantSource clock;

    public RegenerateRecoveryCodes(
            Accounts accounts, FreshProof freshProof, FreshRecoveryCodes fresh, InstantSource clock) {
        this.accounts = accounts;
        this.freshProof = freshProof;
        this.fresh = fresh;
        this.clock = clock;
    }

    /** Returns the codes, which are never shown again. */
    public List<RecoveryCode> regenerate(Session session, FreshProof.Given given, Origin origin) {
        // In turn, so that a lock stops the hashing, too.
        return accounts.inTurn(session.account(), () -> regenerateInTurn(session, given, origin));
    }

    private List<RecoveryCode> regenerateInTurn(Session session, FreshProof.Given given, Origin origin) {
        var earlier = given.code().isPresent()
                ? accounts.recoveryCodes(session.account())
                : List.<Accounts.StoredRecoveryCode>of();
        given.code().ifPresent(code -> SecondFactor.checkForm(code, () -> earlier));
        var account = accounts.read(session.account());
        if (!(account.mfa() instanceof Mfa.Enabled enabled)) {
            throw new Refused(new Problem.SetupNotStarted());
        }
        freshProof.before(session, account, given, origin);
        var codes = freshProof.surelyRefused(given, enabled, earlier)
                ? FreshRecoveryCodes.Made.NONE
                : fresh.make(session.account(), FreshRecoveryCodes.REGENERATED);
        var verdict = accounts.<Verdict<Long>>change(session.account(), work -> {
            Freshness.check(session, work);
            if (!(work.current() instanceof Mfa.Enabled)) {
                throw new Refused(new Problem.SetupNotStarted());
            }
            return freshProof.inside(work, given, origin).map(version -> {
                if (codes.hashes().isEmpty()) {
                    throw new Refused(new Problem.StoreUnavailable()); // good since it was looked at: nothing is kept
                }
                work.replaceRecoveryCodes(codes.hashes());
                var count = Integer.toString(codes.hashes().size());
                work.record(AuditEvent.own(AuditEvent.Type.RECOVERY_CODES_REGENERATED, clock.instant(), origin, count));
                return version;
            });
        });
        verdict.orThrow();
        return codes.codes();
    }
}
