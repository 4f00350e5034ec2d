package io.portcullis.domain.login;

import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.device.ThisDevice;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.AdmitLogin.Outcome;
import io.portcullis.domain.mfa.SecondFactor;
import java.util.Optional;

/** Both steps of a login at once: e-mail, password and the code that the second factor would ask for. */
public final class LoginWithCode {
    private final Login login;
    private final AdmitLogin admitLogin;
    private final VerifyLogin verifyLogin;
    private final PendingLogins pendingLogins;

    public LoginWithCode(Login login, AdmitLogin admitLogin, VerifyLogin verifyLogin, PendingLogins pendingLogins) {
        this.login = login;
        this.admitLogin = admitLogin;
        this.verifyLogin = verifyLogin;
        this.pendingLogins = pendingLogins;
    }

    /** {@code proved} is empty where the code was passed over: nothing asked for it. */
    public record LoggedIn(Outcome.Complete login, Optional<SecondFactor.Proved> proved) {}

    /**
     * Logs in or leaves nothing to go on with. The code is not judged unless the password is right, and is an app's, a mailed one
     * or a recovery code, told by its form.
     */
    public LoggedIn login(String email, String password, String code, ThisDevice device, Origin origin) {
        var admitted = login.firstFactor(email, password, origin.client());
        return switch (admitLogin.admitWithCode(admitted, device.token(), origin)) {
            case Outcome.Complete complete -> new LoggedIn(complete, Optional.empty());
            case Outcome.SecondFactorNeeded needed -> verify(needed.tempToken(), code, device, origin);
        };
    }

    private LoggedIn verify(String tempToken, String code, ThisDevice device, Origin origin) {
        try {
            var verified = verifyLogin.verify(tempToken, code, Optional.empty(), device, origin);
            return new LoggedIn(verified.login(), Optional.of(verified.proved()));
        } catch (RuntimeException failure) {
            end(tempToken, failure);
            throw failure;
        }
    }

    /** Nobody was given the token, so where its store fails too, it may end by itself. */
    private void end(String tempToken, RuntimeException failure) {
        try {
            pendingLogins.finish(tempToken);
        } catch (Refused noAnswer) {
            failure.addSuppressed(noAnswer);
        }
    }
}
