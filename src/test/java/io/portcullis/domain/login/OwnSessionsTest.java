package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnSessionsTest {
    private final TestDomain domain = new TestDomain();
    private final CheckSession checkSession = new CheckSession(domain.sessions, domain.accounts, domain.clock);

    @Test
    void theOneThatWasUsedLastIsFirst() {
        var first = domain.loggedIn();
        domain.clock.advance(Duration.ofMinutes(1));
        var second = domain.loggedIn();
        assertThat(domain.ownSessions.list(caller(first))).containsExactly(second, first);
        domain.clock.advance(Duration.ofMinutes(1));
        domain.sessions.touch(first, domain.clock.instant());
        assertThat(domain.ownSessions.list(caller(domain.stored(first)))).containsExactly(domain.stored(first), second);
    }

    @Test
    void whatIsOverIsNotListed() {
        var revoked = domain.loggedIn();
        var idle = domain.loggedIn();
        domain.clock.advance(Duration.ofHours(24));
        var own = domain.loggedIn();
        domain.sessions.touch(revoked, domain.clock.instant());
        domain.ownSessions.revoke(caller(own), id(revoked), FROM);
        domain.sessions.put(revoked.seen(domain.clock.instant())); // a code was being verified in it
        assertThat(idle.idledOut(domain.clock.instant())).isTrue();
        assertThat(domain.ownSessions.list(caller(own))).containsExactly(own);
    }

    @Test
    void aSessionOfBeforeTheAccountsSessionsWereEndedIsNotListed() {
        domain.loggedIn();
        domain.accounts.change(ALICE, work -> work.raiseSecurityVersion());
        var own = domain.loggedIn();
        assertThat(domain.ownSessions.list(caller(own))).containsExactly(own);
    }

    @Test
    void aRevokedSessionIsOverAndTold() {
        var own = domain.loggedIn();
        var other = domain.loggedIn();
        domain.ownSessions.revoke(caller(own), id(other), FROM);
        assertThat(checkSession.level(other)).isEmpty();
        assertThat(checkSession.level(own)).contains(Level.ONE_FACTOR);
        assertThat(domain.sessions.invalidated()).contains(ALICE);
        assertThat(domain.accounts.events(ALICE)).containsExactly(AuditEvent.Type.SESSION_REVOKED);
    }

    @Test
    void aCodeThatIsVerifiedAfterTheRevocationRaisesNothing() {
        var enrolled = domain.enrolled();
        var other = domain.loggedIn();
        domain.ownSessions.revoke(caller(enrolled.session()), id(other), FROM);
        assertThat(problemOf(() -> domain.stepUp(other, domain.code(enrolled.key()), Optional.empty(), FROM)))
                .isEqualTo(new Problem.AuthRequired());
        assertThat(checkSession.level(other)).isEmpty();
    }

    @Test
    void anUnknownSessionIsNoRoute() {
        var own = domain.loggedIn();
        assertThat(problemOf(() -> domain.ownSessions.revoke(caller(own), "unknown", FROM)))
                .isEqualTo(new Problem.NoRoute());
        assertThat(domain.accounts.events(ALICE)).isEmpty();
    }

    @Test
    void theOwnSessionIsLoggedOutAndItsSetupGivenUp() {
        var own = domain.loggedIn();
        domain.startApp(own);
        domain.ownSessions.revoke(caller(own), id(own), FROM);
        assertThat(checkSession.level(own)).isEmpty();
        assertThat(domain.accounts.events(ALICE))
                .containsExactly(
                        AuditEvent.Type.SETUP_STARTED, AuditEvent.Type.SETUP_ABANDONED, AuditEvent.Type.LOGOUT);
    }

    @Test
    void revokingTheOthersLeavesTheCallersProofs() {
        var enrolled = domain.enrolled();
        var other = domain.loggedIn();
        var own = enrolled.session();
        assertThat(domain.ownSessions.revokeOthers(caller(own), FROM)).isEqualTo(1);
        assertThat(checkSession.level(other)).isEmpty();
        assertThat(checkSession.level(own)).contains(Level.TWO_FACTOR);
        assertThat(domain.stored(own).verified()).isEqualTo(own.verified());
        assertThat(domain.sessions.invalidated()).contains(ALICE);
        assertThat(domain.accounts.events(ALICE)).endsWith(AuditEvent.Type.SESSIONS_REVOKED);
    }

    @Test
    void revokingTheOthersEndsALoginInProgress() {
        var enrolled = domain.enrolled();
        var tempToken = domain.tempToken("stolen");
        domain.ownSessions.revokeOthers(caller(enrolled.session()), FROM);
        assertThat(problemOf(() -> domain.verify(tempToken, domain.code(enrolled.key()), Optional.empty(), FROM)))
                .isInstanceOf(Problem.TokenInvalid.class);
    }

    @Test
    void aSessionThatWasEndedMeanwhileEndsNoOther() {
        var first = domain.loggedIn();
        var second = domain.loggedIn();
        var late = caller(second);
        domain.ownSessions.revokeOthers(caller(first), FROM);
        assertThat(problemOf(() -> domain.ownSessions.revokeOthers(late, FROM))).isEqualTo(new Problem.AuthRequired());
        assertThat(checkSession.level(first)).contains(Level.ONE_FACTOR);
    }

    @Test
    void anAccountWithASecondFactorHasToHavePassedIt() {
        var owner = domain.enrolled().session();
        var thief = caller(domain.loggedIn());
        var needed = new Problem.TwoFactorRequired(List.of(Method.TOTP.wire()), Optional.empty());
        assertThat(problemOf(() -> domain.ownSessions.list(thief))).isEqualTo(needed);
        assertThat(problemOf(() -> domain.ownSessions.revoke(thief, id(owner), FROM)))
                .isEqualTo(needed);
        assertThat(problemOf(() -> domain.ownSessions.revokeOthers(thief, FROM)))
                .isEqualTo(needed);
        assertThat(checkSession.level(owner)).contains(Level.TWO_FACTOR);
    }

    @Test
    void aStoreThatIsDownIsToldAndNothingIsListed() {
        var own = caller(domain.loggedIn());
        domain.sessions.goDown();
        assertThat(problemOf(() -> domain.ownSessions.list(own))).isEqualTo(new Problem.StoreUnavailable());
    }

    private Caller caller(Session session) {
        return new Caller(
                session, domain.accounts.standing(session.account(), session.fingerprint()), session.expiresAt());
    }

    private static String id(Session session) {
        return session.fingerprint().publicId();
    }
}
