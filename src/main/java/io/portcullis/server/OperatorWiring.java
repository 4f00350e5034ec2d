package io.portcullis.server;

import io.portcullis.api.OperatorOperations;
import io.portcullis.config.Settings;
import io.portcullis.domain.operator.LogoutAccount;
import io.portcullis.domain.operator.LookUpAccounts;
import io.portcullis.domain.operator.MeasureUsage;
import io.portcullis.domain.operator.OperatorAccess;
import io.portcullis.domain.operator.ResetAccount;
import io.portcullis.domain.operator.UnlockAccount;

/** What operators can ask for, as one config file wants it. */
final class OperatorWiring {
    private OperatorWiring() {}

    static OperatorOperations of(Settings settings, Shared shared) {
        var directory = shared.directory();
        var accounts = shared.accounts();
        var sessions = shared.sessions();
        var mfa = settings.mfa();
        var clock = shared.clock();
        return new OperatorOperations(
                new OperatorAccess(settings.operatorRoles(), mfa.freshProof(), clock),
                new LookUpAccounts(
                        directory, accounts, sessions, shared.auditLog(), shared.legacySync(), mfa.lockout(), clock),
                new ResetAccount(directory, accounts, sessions, clock),
                new UnlockAccount(directory, accounts, clock),
                new LogoutAccount(directory, accounts, sessions, clock),
                new MeasureUsage(shared.usageFigures(), mfa, clock),
                shared.auditLog());
    }
}
