package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.CLIENT;
import static io.portcullis.domain.TestDomain.FROM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.OwnToken;
import io.portcullis.domain.session.SessionSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whom a credential names, and how much it is worth. */
class RecognizeTest extends Recognition {
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
}
