package io.portcullis.domain.login;

import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.util.List;

/** E-mail and password at the gateway itself. */
public final class Login {
    private final List<FirstFactor> firstFactors;
    private final AdmitLogin admitLogin;

    /** The first factors are asked in order; the first that knows the person answers. */
    public Login(List<FirstFactor> firstFactors, AdmitLogin admitLogin) {
        this.firstFactors = List.copyOf(firstFactors);
        this.admitLogin = admitLogin;
    }

    public AdmitLogin.Outcome login(String email, String password, Origin origin) {
        for (var firstFactor : firstFactors) {
            var admitted = firstFactor.check(email, password, origin.client());
            if (admitted.isPresent()) {
                return admitLogin.admit(admitted.get(), false, origin);
            }
        }
        throw new Refused(new Problem.InvalidCredentials());
    }
}
