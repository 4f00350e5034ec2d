package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.SessionSettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long somebody is recognized: until the session ends, by time, by disuse, or because somebody ended it. */
class RecognizeEndTest extends Recognition {
    private final CheckSession checkSession = new CheckSession(domain.sessions, domain.accounts, domain.clock);

    @Test
    void anExpiredTokenIsToldSo() {
        domain.clock.advance(Duration.ofDays(1));
        assertThat(refusal("alice 1")).isEqualTo(new Problem.SessionExpired());
    }

    @Test
    void aSessionNeverOutlivesItsToken() {
        assertThat(recognize("alice 1").session().expiresAt())
                .isEqualTo(domain.clock.instant().plus(Duration.ofDays(1)));
    }

    @Test
    void aSessionOfALongerTokenLivesSevenDaysAndIsOneFactorAfter() {
        source.accept("long", ALICE, domain.clock.instant().plus(Duration.ofDays(100)));
        raise("long");
        for (int i = 0; i < 7; i++) {
            domain.clock.advance(Duration.ofHours(23)); // it is in use
            assertThat(recognize("long").session().level()).isEqualTo(Level.TWO_FACTOR);
        }
        domain.clock.advance(Duration.ofHours(7).minusSeconds(1));
        assertThat(recognize("long").session().level()).isEqualTo(Level.TWO_FACTOR);
        domain.clock.advance(Duration.ofSeconds(1));
        assertThat(recognize("long").session().level()).isEqualTo(Level.ONE_FACTOR);
    }

    @Test
    void aTokenOfALoggedOutSessionIsRefusedThoughItsSourceStillVouches() {
        domain.logout.logout(recognize("alice 1").session(), FROM);
        assertThat(refusal("alice 1")).isEqualTo(LOGIN_AGAIN);
        assertThat(recognize("alice 2").session().account()).isEqualTo(ALICE);
    }

    @Test
    void aSessionThatIsOlderThanItsAccountIsOver() {
        var session = recognize("alice 1").session();
        endAllSessions();
        assertThat(refusal("alice 1")).isEqualTo(LOGIN_AGAIN);
        assertThat(checkSession.level(session)).isEmpty();
    }

    @Test
    void aLiveSessionIsKnownByTheLevelThatItHasNow() {
        var session = recognize("alice 1").session();
        assertThat(checkSession.level(session)).contains(Level.ONE_FACTOR);
        raise("alice 1");
        assertThat(checkSession.level(session)).contains(Level.TWO_FACTOR);
        domain.logout.logout(session, FROM);
        assertThat(checkSession.level(session)).isEmpty();
    }

    @Test
    void aTokenThatOutlivesItsSessionStaysEndedAfterALogout() {
        var year = domain.clock.instant().plus(Duration.ofDays(365));
        source.accept("long", ALICE, year);
        domain.logout.logout(recognize("long").session(), FROM);
        domain.clock.advance(SessionSettings.DEFAULTS.ttl().plusDays(1));
        assertThat(refusal("long")).isEqualTo(LOGIN_AGAIN);
    }

    @Test
    void aTokenFromBeforeAllSessionsWereEndedIsOverEvenIfNobodyRemembersItsSession() {
        domain.clock.advance(Duration.ofMinutes(2));
        endAllSessions();
        assertThat(refusal("alice 2")).isEqualTo(LOGIN_AGAIN);
        source.accept("alice 3", ALICE, domain.clock.instant().plus(Duration.ofDays(1)));
        assertThat(recognize("alice 3").session().level()).isEqualTo(Level.ONE_FACTOR);
    }

    @Test
    void aRaisedTokenThatNobodyUsedForADayIsOneFactorAgain() {
        source.accept("long", ALICE, domain.clock.instant().plus(Duration.ofDays(100)));
        raise("long");
        domain.clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(recognize("long").session().level()).isEqualTo(Level.TWO_FACTOR);
        domain.clock.advance(Duration.ofHours(24));
        var again = recognize("long").session();
        assertThat(again.level()).isEqualTo(Level.ONE_FACTOR);
        assertThat(again.createdAt()).isEqualTo(domain.clock.instant());
    }

    @Test
    void anOpaqueCredentialThatNobodyUsedForADayIsOver() {
        var longLived = domain.admitted("opaque", Optional.empty());
        domain.admit(
                new FirstFactor.Admitted(
                        longLived.identity(),
                        longLived.source(),
                        longLived.amr(),
                        longLived.token(),
                        new Credential(
                                Fingerprint.of("opaque"), domain.clock.instant().plus(Duration.ofDays(5))),
                        Optional.empty()),
                true,
                FROM);
        domain.clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(recognize("opaque").session().account()).isEqualTo(ALICE);
        domain.clock.advance(Duration.ofHours(24));
        assertThat(refusal("opaque")).isEqualTo(new Problem.SessionExpired());
    }

    @Test
    void aUseIsNotedOnceAMinute() {
        var begun = recognize("alice 1").session().lastSeenAt();
        domain.clock.advance(Duration.ofSeconds(59));
        assertThat(recognize("alice 1").session().lastSeenAt()).isEqualTo(begun);
        domain.clock.advance(Duration.ofSeconds(1));
        var session = recognize("alice 1").session();
        assertThat(session.lastSeenAt()).isEqualTo(domain.clock.instant());
        assertThat(domain.stored(session)).isEqualTo(session);
    }

    @Test
    void oneThatWasEndedDoesNotBeginAgainWhenItIdledOut() {
        source.acceptUndated("undated", ALICE, domain.clock.instant().plus(Duration.ofDays(5)));
        recognize("undated");
        endAllSessions();
        domain.clock.advance(Duration.ofHours(25));
        assertThat(refusal("undated")).isEqualTo(LOGIN_AGAIN);
    }

    @Test
    void aSessionThatIsAskedAfterIsInUse() {
        source.accept("long", ALICE, domain.clock.instant().plus(Duration.ofDays(100)));
        raise("long");
        var session = recognize("long").session();
        for (int i = 0; i < 3; i++) {
            domain.clock.advance(Duration.ofHours(20));
            assertThat(checkSession.level(session)).contains(Level.TWO_FACTOR);
        }
        domain.clock.advance(Duration.ofHours(24));
        assertThat(checkSession.level(session)).isEmpty();
    }

    private void endAllSessions() {
        domain.accounts.change(ALICE, work -> work.raiseSecurityVersion());
    }
}
