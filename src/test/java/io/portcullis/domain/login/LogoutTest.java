package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.MfaState;
import org.junit.jupiter.api.Test;

class LogoutTest {
    private final TestDomain domain = new TestDomain();

    @Test
    void endsTheSessionRevokesItsCredentialAndTellsEveryInstance() {
        var session = domain.loggedIn();
        var other = domain.loggedIn();
        domain.logout.logout(session, FROM);
        assertThat(domain.sessions.find(session.fingerprint())).isEmpty();
        assertThat(domain.accounts.standing(ALICE, session.fingerprint()).credentialRevoked())
                .isTrue();
        assertThat(domain.sessions.invalidated()).containsExactly(ALICE);
        assertThat(domain.sessions.find(other.fingerprint())).isPresent();
        assertThat(domain.accounts.standing(ALICE, other.fingerprint()).credentialRevoked())
                .isFalse();
    }

    @Test
    void abandonsASetup() {
        var session = domain.loggedIn();
        domain.startApp(session);
        domain.logout.logout(session, FROM);
        assertThat(domain.mfa()).isEqualTo(new Mfa.Disabled());
        assertThat(domain.accounts.events(ALICE))
                .containsExactly(
                        AuditEvent.Type.SETUP_STARTED, AuditEvent.Type.SETUP_ABANDONED, AuditEvent.Type.LOGOUT);
    }

    @Test
    void leavesAnEnabledSecondFactorAlone() {
        var alice = domain.enrolled();
        domain.logout.logout(alice.session(), FROM);
        assertThat(domain.mfa().state()).isEqualTo(MfaState.ENABLED);
    }

    @Test
    void anAccountStoreThatFailsLeavesTheSessionForAnotherTry() {
        var session = domain.loggedIn();
        domain.accounts.goDown();
        assertThat(problemOf(() -> domain.logout.logout(session, FROM))).isEqualTo(new Problem.StoreUnavailable());
        assertThat(domain.sessions.find(session.fingerprint())).isPresent();
    }

    @Test
    void aSessionStoreThatFailsLeavesTheCredentialRevokedAllTheSame() {
        var session = domain.loggedIn();
        domain.sessions.goDown();
        assertThat(problemOf(() -> domain.logout.logout(session, FROM))).isEqualTo(new Problem.StoreUnavailable());
        assertThat(domain.accounts.standing(ALICE, session.fingerprint()).credentialRevoked())
                .isTrue();
    }
}
