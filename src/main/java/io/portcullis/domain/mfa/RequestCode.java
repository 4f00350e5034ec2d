package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.code.EmailCodes;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Session;
import java.time.InstantSource;
import java.util.Optional;

/** Another mailed code, for whatever the account has under way; it goes to the address that the account is bound to. */
public final class RequestCode {
    private final Accounts accounts;
    private final SendCode sendCode;
    private final EnrollmentSettings settings;
    private final InstantSource clock;

    public RequestCode(Accounts accounts, SendCode sendCode, EnrollmentSettings settings, InstantSource clock) {
        this.accounts = accounts;
        this.sendCode = sendCode;
        this.settings = settings;
        this.clock = clock;
    }

    /** For a login that waits for its second factor. */
    public SendCode.Sent forLogin(Account account, Origin origin) {
        return enabled(account, accounts.read(account).mfa(), origin);
    }

    /** For a set-up that is confirmed by mail, else to verify the session or to try the mailbox. */
    public SendCode.Sent forSession(Session session, Origin origin) {
        var account = session.account();
        var mfa = accounts.read(account).mfa();
        var confirmedAt = mfa.setupOf(session, clock.instant()).flatMap(running -> switch (running.enrollment()) {
            case Enrollment.Email email -> Optional.of(email.address());
            case Enrollment.Totp totp -> proofAddress(mfa, session);
        });
        return confirmedAt.isPresent()
                ? sendCode.send(account, confirmedAt.get(), EmailCodes.Purpose.SETUP, origin)
                : enabled(account, mfa, origin);
    }

    /** The set-up of an app may ask for a mailed code as well. */
    private Optional<String> proofAddress(Mfa mfa, Session session) {
        return mfa instanceof Mfa.SetupInProgress && settings.proof() == EnrollmentSettings.Proof.EMAIL
                ? session.identity().email()
                : Optional.empty();
    }

    private SendCode.Sent enabled(Account account, Mfa mfa, Origin origin) {
        if (mfa instanceof Mfa.Enabled enabled && enabled.email().isPresent()) {
            return sendCode.send(account, enabled.email().get().address(), EmailCodes.Purpose.VERIFY, origin);
        }
        throw new Refused(new Problem.SetupNotStarted());
    }
}
