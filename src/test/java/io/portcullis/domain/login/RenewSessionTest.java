package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Fingerprint;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class RenewSessionTest {
    private final TestDomain domain = new TestDomain();
    private final RenewSession renewSession = new RenewSession(domain.accounts, domain.sessions, new SecureRandom());

    @Test
    void theSessionGoesOnUnderAnotherTokenAlone() {
        var session = domain.loggedIn();
        var token = renewSession.renew(session);
        assertThat(domain.sessions.find(session.fingerprint())).isEmpty();
        assertThat(domain.accounts.standing(ALICE, session.fingerprint()).credentialRevoked())
                .isTrue();
        var moved = domain.sessions.find(Fingerprint.of(token.value())).orElseThrow();
        assertThat(moved.account()).isEqualTo(ALICE);
        assertThat(moved.expiresAt()).isEqualTo(session.expiresAt());
    }

    /** A verification that was slower than the logout has put the session back. */
    @Test
    void aSessionThatWasLoggedOutIsNotGivenAnotherToken() {
        var session = domain.loggedIn();
        domain.logout.logout(session, FROM);
        domain.sessions.put(session.elevated(Method.TOTP, domain.clock.instant()));
        assertThat(problemOf(() -> renewSession.renew(session))).isEqualTo(new Problem.AuthRequired());
    }

    /** Who logs out by the token of before is not told that the session has ended. */
    @Test
    void aLogoutThatWasSlowerSaysSo() {
        var session = domain.loggedIn();
        renewSession.renew(session);
        assertThat(problemOf(() -> domain.logout.logout(session, FROM))).isEqualTo(new Problem.AuthRequired());
    }
}
