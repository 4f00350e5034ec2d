package io.portcullis.domain.login;

import io.portcullis.domain.mfa.PasswordCheck;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Session;
import java.util.List;

/** A password is right when it logs in the very account. The credential that such a login earns is thrown away. */
public final class PasswordByFirstFactor implements PasswordCheck {
    private final List<FirstFactor> firstFactors;

    public PasswordByFirstFactor(List<FirstFactor> firstFactors) {
        this.firstFactors = List.copyOf(firstFactors);
    }

    @Override
    public boolean isRight(Session session, String password, Client client) {
        var email = session.identity().email();
        return email.isPresent()
                && firstFactors.stream()
                        .flatMap(firstFactor -> firstFactor.check(email.get(), password, client).stream())
                        .anyMatch(admitted -> admitted.identity().account().equals(session.account()));
    }
}
