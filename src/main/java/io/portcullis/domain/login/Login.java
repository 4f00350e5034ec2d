package io.portcullis.domain.login;

import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Client;
import java.util.List;
import java.util.Optional;

/** E-mail and password at the gateway itself. */
public final class Login {
    private final List<FirstFactor> firstFactors;
    private final PasswordAttempts attempts;
    private final AdmitLogin admitLogin;

    /** The first factors are asked in order; the first that knows the person answers. */
    public Login(List<FirstFactor> firstFactors, PasswordAttempts attempts, AdmitLogin admitLogin) {
        this.firstFactors = List.copyOf(firstFactors);
        this.attempts = attempts;
        this.admitLogin = admitLogin;
    }

    /** {@code deviceToken} is that of the cookie of a remembered device. */
    public AdmitLogin.Outcome login(String email, String password, Optional<String> deviceToken, Origin origin) {
        return admitLogin.admit(firstFactor(email, password, origin.client()), false, deviceToken, origin);
    }

    /** The first step alone; throws {@code InvalidCredentials} or {@code RateLimited}. */
    FirstFactor.Admitted firstFactor(String email, String password, Client client) {
        return attempts.count(email, client, () -> check(email, password, client))
                .orElseThrow(() -> new Refused(new Problem.InvalidCredentials()));
    }

    private Optional<FirstFactor.Admitted> check(String email, String password, Client client) {
        return firstFactors.stream()
                .flatMap(firstFactor -> firstFactor.check(email, password, client).stream())
                .findFirst();
    }
}
