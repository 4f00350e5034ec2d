package io.portcullis.domain.login;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.mfa.Standing;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import java.time.Instant;
import java.util.Optional;

/**
 * Who a request comes from, and how the account stands at this moment.
 *
 * @param until how long this may be believed of the credential without asking its source again
 */
public record Caller(Session session, Standing standing, Instant until) {
    /**
     * For what the owner of an account may do and a stolen password alone may not. An account without a second factor has
     * nothing more to prove.
     *
     * @throws Refused {@code TwoFactorRequired} for a {@code one-factor} session of an account that has its second factor on
     */
    public void requireSecondFactor() {
        if (standing.state() == MfaState.ENABLED && session.level() != Level.TWO_FACTOR) {
            throw new Refused(new Problem.TwoFactorRequired(
                    standing.methods().stream().sorted().map(Method::wire).toList(), Optional.empty()));
        }
    }
}
