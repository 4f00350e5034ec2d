package io.portcullis.domain.login;

import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.RequestCode;
import io.portcullis.domain.mfa.SendCode;

/** Another mailed code for a login in progress. */
public final class SendLoginCode {
    private final PendingLogins pendingLogins;
    private final RequestCode requestCode;

    public SendLoginCode(PendingLogins pendingLogins, RequestCode requestCode) {
        this.pendingLogins = pendingLogins;
        this.requestCode = requestCode;
    }

    public SendCode.Sent send(String tempToken, Origin origin) {
        var login = pendingLogins
                .find(tempToken)
                .orElseThrow(() -> new Refused(new Problem.TokenInvalid(Action.RESTART_LOGIN)));
        return requestCode.forLogin(login.identity().account(), origin);
    }
}
