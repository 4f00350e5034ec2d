package io.portcullis.domain.login;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.MfaSettings;
import io.portcullis.domain.mfa.MfaState;
import java.time.Duration;
import java.util.Set;

/** What a login in progress waits for, as its account is now; takes none of its attempts. */
public final class ShowPendingLogin {
    private final PendingLogins pendingLogins;
    private final Accounts accounts;
    private final MfaSettings mfa;

    public ShowPendingLogin(PendingLogins pendingLogins, Accounts accounts, MfaSettings mfa) {
        this.pendingLogins = pendingLogins;
        this.accounts = accounts;
        this.mfa = mfa;
    }

    /** The methods that would complete it, and how long it still waits. */
    public record Awaited(Set<Method> methods, Duration expiresIn) {}

    /**
     * Looks it up by its temp token.
     *
     * @throws Refused {@code TokenInvalid} when there is none that a code could still complete
     */
    public Awaited show(String tempToken) {
        var waiting = pendingLogins
                .waiting(tempToken, mfa.tempTokenAttempts())
                .orElseThrow(() -> new Refused(new Problem.TokenInvalid(Action.RESTART_LOGIN)));
        var login = waiting.login();
        var standing =
                accounts.standing(login.identity().account(), login.credential().fingerprint());
        if (standing.state() != MfaState.ENABLED || standing.securityVersion() != login.securityVersion()) {
            throw new Refused(new Problem.TokenInvalid(Action.RESTART_LOGIN));
        }
        return new Awaited(standing.methods(), waiting.left());
    }
}
