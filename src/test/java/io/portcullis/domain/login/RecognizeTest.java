package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.CLIENT;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.KnownTokens;
import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.OwnToken;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.SessionSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecognizeTest {
    private static final Account BOB = new Account("admin", "bob");
    private static final Problem LOGIN_AGAIN = new Problem.AuthRequired();

    private final TestDomain domain = new TestDomain();
    private final KnownTokens source = new KnownTokens(domain.clock);
    private final Recognize recognize = new Recognize(
            List.of(source),
            List.of(LoginSource.remembering("legacy-login")),
            domain.sessions,
            domain.accounts,
            domain.trustedNetworks,
            SessionSettings.DEFAULTS,
            domain.clock);

    private final CheckSession checkSession = new CheckSession(domain.sessions, domain.accounts, domain.clock);

    @BeforeEach
    void tokensOfTheLegacyBackend() {
        var tomorrow = domain.clock.instant().plus(Duration.ofDays(1));
        source.accept("alice 1", ALICE, tomorrow);
        source.accept("alice 2", ALICE, tomorrow);
        source.accept("bob", BOB, tomorrow);
    }

    @Test
    void noCredentialAndAnUnknownOneAskForALogin() {
        assertThat(refusal()).isEqualTo(LOGIN_AGAIN);
        assertThat(refusal("unknown")).isEqualTo(LOGIN_AGAIN);
    }

    @Test
    void aTokenOfTheLegacyBackendIsOneFactorAtFirst() {
        var caller = recognize("alice 1");
        assertThat(caller.session().level()).isEqualTo(Level.ONE_FACTOR);
        assertThat(caller.session().account()).isEqualTo(ALICE);
        assertThat(caller.session().source()).isEqualTo("jwt");
        assertThat(caller.standing().state()).isEqualTo(MfaState.DISABLED);
        assertThat(domain.stored(caller.session())).isEqualTo(caller.session());
    }

    @Test
    void aRaisedTokenStaysTwoFactor() {
        raise("alice 1");
        assertThat(recognize("alice 1").session().level()).isEqualTo(Level.TWO_FACTOR);
        assertThat(recognize("alice 2").session().level()).isEqualTo(Level.ONE_FACTOR);
    }

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
    void aTokenThatItsSourceNoLongerVouchesForEndsItsSession() {
        raise("alice 1");
        source.refuse("alice 1");
        assertThat(refusal("alice 1")).isEqualTo(LOGIN_AGAIN);
    }

    @Test
    void aTokenThatNamesAnotherAccountNowIsNoLongerTheFirstOnes() {
        raise("alice 1");
        source.accept("alice 1", BOB, domain.clock.instant().plus(Duration.ofDays(1)));
        assertThat(refusal("alice 1")).isEqualTo(LOGIN_AGAIN);
    }

    @Test
    void aCapturedLoginThatIsInTheConfigNoMoreVouchesForNothing() {
        domain.admit(domain.admitted("opaque", Optional.empty()), true, FROM);
        var withoutIt = new Recognize(
                List.of(source),
                List.of(),
                domain.sessions,
                domain.accounts,
                domain.trustedNetworks,
                SessionSettings.DEFAULTS,
                domain.clock);
        assertThatThrownBy(() -> withoutIt.recognize(carried("opaque"), CLIENT))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.problem()).isEqualTo(LOGIN_AGAIN));
    }

    @Test
    void theSessionOfACapturedLoginNeedsNoTokenSource() {
        domain.admit(domain.admitted("opaque", Optional.empty()), true, FROM);
        assertThat(recognize("opaque").session().account()).isEqualTo(ALICE);
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
    void severalCredentialsOfOneAccountAreJudgedByTheStrongest() {
        raise("alice 2");
        var judged = recognize.recognize(carried("alice 1", "alice 2"), CLIENT);
        assertThat(judged.index()).isEqualTo(1);
        assertThat(judged.caller().session().level()).isEqualTo(Level.TWO_FACTOR);
        assertThat(recognize.recognize(carried("alice 2", "alice 1"), CLIENT).index())
                .isZero();
    }

    @Test
    void severalCredentialsOfTwoAccountsAreRefused() {
        assertThat(refusal("alice 1", "bob")).isInstanceOf(Problem.InvalidRequest.class);
        assertThat(refusal("bob", "alice 1")).isInstanceOf(Problem.InvalidRequest.class);
    }

    @Test
    void aCredentialThatIsNotValidSpoilsAValidOneBesideIt() {
        assertThat(refusal("alice 1", "unknown")).isEqualTo(LOGIN_AGAIN);
    }

    @Test
    void aStoreThatFailsNeverRecognizesAnybody() {
        raise("alice 1");
        domain.sessions.goDown();
        assertThat(refusal("alice 1")).isEqualTo(new Problem.StoreUnavailable());
        domain.sessions.comeBack();
        domain.accounts.goDown();
        assertThat(refusal("alice 1")).isEqualTo(new Problem.StoreUnavailable());
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

    private void raise(String credential) {
        Session session = recognize(credential).session();
        domain.sessions.put(session.elevated(Method.TOTP, domain.clock.instant()));
    }

    private Caller recognize(String credential) {
        return recognize.recognize(carried(credential), CLIENT).caller();
    }

    private Problem refusal(String... credentials) {
        return problemOf(() -> recognize.recognize(carried(credentials), CLIENT));
    }

    @Test
    void aDeadTokenOfOurOwnIsNothingBesideALiveCredential() {
        var dead = OwnToken.random(new SecureRandom()).value();
        assertThat(recognize.recognize(carried(dead, "alice 1"), CLIENT).index())
                .isEqualTo(1);
        assertThat(recognize.recognize(carried("alice 1", dead), CLIENT).index())
                .isZero();
        assertThat(refusal(dead)).isEqualTo(LOGIN_AGAIN);
        assertThat(refusal(dead, dead)).isEqualTo(LOGIN_AGAIN);
        assertThat(refusal("unknown", "alice 1")).isEqualTo(LOGIN_AGAIN);
    }

    private static List<Carried> carried(String... credentials) {
        return Stream.of(credentials).map(Carried::bearer).toList();
    }
}
