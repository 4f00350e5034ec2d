package io.portcullis.domain.mfa;

import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Session;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What a sensitive change asks of an account with a second factor: a right code; or a {@code two-factor} session with the
 * right password; or one that was verified a short time ago. A first factor alone never suffices, whoever's password it
 * brings; nor does one for whose second factor a device or a network stood in.
 */
public final class FreshProof {
    private final SecondFactor secondFactor;
    private final PasswordCheck passwords;
    private final MfaSettings settings;
    private final Attempts attempts;
    private final InstantSource clock;

    public FreshProof(SecondFactor secondFactor, PasswordCheck passwords, MfaSettings settings, InstantSource clock) {
        this.secondFactor = secondFactor;
        this.passwords = passwords;
        this.settings = settings;
        this.attempts = new Attempts(settings.lockout(), clock);
        this.clock = clock;
    }

    /** What a request brings; both may be absent. */
    public record Given(Optional<String> code, Optional<String> password) {
        public static final Given NOTHING = new Given(Optional.empty(), Optional.empty());

        @Override
        public String toString() {
            return "Given[hidden]";
        }
    }

    /**
     * To be called before the change: throws {@code ReauthenticationRequired} or {@code InvalidCredentials} unless there is
     * a proof besides a code; a code is judged {@linkplain #inside inside the change}.
     */
    void before(Session session, AccountRecord account, Given given, Origin origin) {
        if (given.code().isPresent()) {
            attempts.checkLock(account.lockout());
            return;
        }
        var verifiedAt = session.verifiedAt(); // a stolen device must not be enough, not even with the password
        if (verifiedAt.isEmpty()) {
            throw new Refused(new Problem.ReauthenticationRequired());
        }
        if (given.password().isPresent()) {
            if (!passwords.isRight(session, given.password().get(), origin.client())) {
                throw new Refused(new Problem.InvalidCredentials());
            }
            return;
        }
        var freshSince = clock.instant().minus(settings.freshProof());
        if (verifiedAt.filter(at -> !at.isBefore(freshSince)).isEmpty()) {
            throw new Refused(new Problem.ReauthenticationRequired());
        }
    }

    /** Before slow hashes are computed: whether a code is given that {@link #inside} would refuse. */
    boolean surelyRefused(Given given, Mfa.Enabled enabled, List<Accounts.StoredRecoveryCode> recoveryCodes) {
        return given.code()
                .filter(code -> secondFactor.surelyRefused(code, enabled, recoveryCodes))
                .isPresent();
    }

    /** Judges the code, where there is one, in the transaction of the change; the account is {@code ENABLED}. */
    Verdict<Long> inside(Accounts.Work work, Given given, Origin origin) {
        return given.code()
                .map(code -> secondFactor
                        .prove(work, code, Optional.empty(), new Problem.SetupNotStarted(), origin)
                        .map(SecondFactor.Proved::securityVersion))
                .orElseGet(() -> new Verdict.Right<>(work.securityVersion()));
    }
}
