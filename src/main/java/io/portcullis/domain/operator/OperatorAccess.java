package io.portcullis.domain.operator;

import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.Caller;
import io.portcullis.domain.mfa.MfaState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Who may use the operator routes. The role is judged first: nobody else learns more than that it is missing. */
public final class OperatorAccess {
    private final Set<String> roles;
    private final Duration freshProof;
    private final InstantSource clock;

    /**
     * Lets only these roles in; with none, nobody.
     *
     * @param freshProof how long after a verification a change needs no new one
     */
    public OperatorAccess(Set<String> roles, Duration freshProof, InstantSource clock) {
        this.roles = Set.copyOf(roles);
        this.freshProof = freshProof;
        this.clock = clock;
    }

    /**
     * For looking at others.
     *
     * @throws Refused {@code Forbidden}, {@code TwoFactorMandatory} or {@code TwoFactorRequired}
     */
    public Operator toRead(Caller caller, Origin origin) {
        if (caller.session().identity().role().filter(roles::contains).isEmpty()) {
            throw new Refused(new Problem.Forbidden());
        }
        if (caller.standing().state() != MfaState.ENABLED) {
            throw new Refused(new Problem.TwoFactorMandatory(List.of()));
        }
        caller.requireSecondFactor();
        return Operator.of(caller.session().account(), origin);
    }

    /**
     * For changing others: the second factor was proved a short time ago.
     *
     * @throws Refused as {@link #toRead}, and {@code ReauthenticationRequired}
     */
    public Operator toChange(Caller caller, Origin origin) {
        var operator = toRead(caller, origin);
        var freshSince = clock.instant().minus(freshProof);
        if (caller.session().verifiedAt().filter(at -> !at.isBefore(freshSince)).isEmpty()) {
            throw new Refused(new Problem.ReauthenticationRequired());
        }
        return operator;
    }
}
