package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;
import java.util.Set;

/**
 * Takes one of two methods away on a fresh proof; the other keeps working and the account stays {@code ENABLED}. Sessions go on,
 * also those that were raised by that method: it was the account's when it was proved. Devices that were remembered by it are
 * forgotten, since they would stand in for it at logins to come; those remembered by the other stay.
 */
public final class RemoveMethod {
    private final Accounts accounts;
    private final Sessions sessions;
    private final FreshProof freshProof;
    private final InstantSource clock;

    public RemoveMethod(Accounts accounts, Sessions sessions, FreshProof freshProof, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.freshProof = freshProof;
        this.clock = clock;
    }

    /** Returns the methods that are left; the code that proves it may be one of the method that goes. */
    public Set<Method> remove(Session session, Method method, FreshProof.Given given, Origin origin) {
        given.code().ifPresent(code -> SecondFactor.checkForm(code, () -> accounts.recoveryCodes(session.account())));
        var account = accounts.read(session.account());
        Freshness.check(session, account.securityVersion());
        without(account.mfa(), method); // what cannot be done asks for no proof
        freshProof.before(session, account, given, origin);
        var verdict = accounts.<Verdict<Mfa.Enabled>>change(
                session.account(), work -> remove(work, session, method, given, origin));
        var left = verdict.orThrow();
        sessions.invalidate(session.account()); // rules may ask for the method that is gone
        return left.methods();
    }

    private Verdict<Mfa.Enabled> remove(
            Accounts.Work work, Session session, Method method, FreshProof.Given given, Origin origin) {
        Freshness.check(session, work);
        without(work.current(), method); // and uses up no code
        return freshProof.inside(work, given, origin).map(version -> {
            var left = without(work.current(), method);
            work.become(left);
            work.record(AuditEvent.own(AuditEvent.Type.METHOD_REMOVED, clock.instant(), origin, method.wire()));
            forgetDevices(work, method, origin);
            return left;
        });
    }

    private void forgetDevices(Accounts.Work work, Method method, Origin origin) {
        for (var device : work.devices().all()) {
            if (device.method() == method && work.devices().forget(device.id())) {
                work.record(AuditEvent.own(AuditEvent.Type.DEVICE_FORGOTTEN, clock.instant(), origin, device.id()));
            }
        }
    }

    private static Mfa.Enabled without(Mfa mfa, Method method) {
        if (!(mfa instanceof Mfa.Enabled enabled)) {
            throw new Refused(new Problem.SetupNotStarted());
        }
        return enabled.without(method);
    }
}
