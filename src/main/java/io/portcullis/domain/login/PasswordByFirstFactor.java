package io.portcullis.domain.login;

import io.portcullis.domain.mfa.PasswordCheck;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Session;
import java.util.List;
import java.util.Optional;

/** A password is right when it logs in the very account, and a wrong one counts like that of a login. The credential that such a login earns is thrown away. */
public final class PasswordByFirstFactor implements PasswordCheck {
    private final List<FirstFactor> firstFactors;

    private final PasswordAttempts attempts;

    public PasswordByFirstFactor(List<FirstFactor> firstFactors, PasswordAttempts attempts) {
        this.firstFactors = List.copyOf(firstFactors);
        this.attempts = attempts;
    }

    @Override
    public boolean isRight(Session session, String password, Client client) {
        var email = session.identity().email();
        return email.isPresent()
                && attempts.count(email.get(), client, () -> check(session, email.get(), password, client))
                        .isPresent();
    }

    private Optional<FirstFactor.Admitted> check(Session session, String email, String password, Client client) {
        return firstFactors.stream()
                .flatMap(firstFactor -> firstFactor.check(email, password, client).stream())
                .filter(admitted -> admitted.identity().account().equals(session.account()))
                .findFirst();
    }
}
