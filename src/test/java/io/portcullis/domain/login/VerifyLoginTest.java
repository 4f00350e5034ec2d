package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.domain.TestDomain.STEP;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.TestDomain.Enrolled;
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.mfa.Lockout;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifyLoginTest {
    private static final Problem DEAD = new Problem.TokenInvalid(Action.RESTART_LOGIN);
    private static final String CREDENTIAL = "the legacy token";

    private final TestDomain domain = new TestDomain();
    private final Enrolled alice = domain.enrolled();
    private final String tempToken = domain.tempToken(CREDENTIAL);

    @Test
    void aRightCodeReleasesTheCredentialWhichIsThenTwoFactor() {
        var verified = verify(tempToken, domain.code(alice.key()));
        assertThat(verified.login().token()).isEqualTo(CREDENTIAL);
        var session = domain.sessions.find(Fingerprint.of(CREDENTIAL)).orElseThrow();
        assertThat(session.level()).isEqualTo(Level.TWO_FACTOR);
        assertThat(session.amr()).containsExactly("pwd", "otp");
        assertThat(session.account()).isEqualTo(ALICE);
    }

    @Test
    void theCredentialIsUnknownUntilThen() {
        assertThat(domain.sessions.find(Fingerprint.of(CREDENTIAL))).isEmpty();
    }

    @Test
    void theSessionEndsWithItsCredentialOrAfterSevenDays() {
        var session = verify(tempToken, domain.code(alice.key())).login().session();
        assertThat(session.expiresAt())
                .isEqualTo(domain.admitted(CREDENTIAL, Optional.empty())
                        .credential()
                        .expiresAt());
    }

    @Test
    void theTokenIsDeadOnceItSucceeded() {
        verify(tempToken, domain.code(alice.key()));
        domain.clock.advance(STEP);
        assertThat(problemOf(() -> verify(tempToken, domain.code(alice.key())))).isEqualTo(DEAD);
    }

    @Test
    void aWithheldAnswerIsReleasedByteForByteAndOnlyOnce() {
        var answer = new LegacyAnswer(
                200,
                List.of(Map.entry("Set-Cookie", "a=1"), Map.entry("Set-Cookie", "b=2")),
                "{ \"token\" : 1 }".getBytes(StandardCharsets.UTF_8));
        var outcome = domain.admit(domain.admitted("captured", Optional.of(answer)), true, FROM);
        var token = ((AdmitLogin.Outcome.SecondFactorNeeded) outcome).tempToken();
        var released =
                verify(token, domain.code(alice.key())).login().released().orElseThrow();
        assertThat(released.status()).isEqualTo(200);
        assertThat(released.headers()).isEqualTo(answer.headers());
        assertThat(released.body()).isEqualTo(answer.body());
        domain.clock.advance(STEP);
        assertThat(problemOf(() -> verify(token, domain.code(alice.key())))).isEqualTo(DEAD);
    }

    @Test
    void theTokenIsDeadAfterFiveWrongCodesOverAnyTime() {
        for (int left = 4; left >= 1; left--) {
            assertThat(problemOf(() -> verify(tempToken, domain.wrongCode(alice.key()))))
                    .isEqualTo(new Problem.InvalidCode(left));
        }
        // A right code elsewhere ends the count of the account, not that of the token.
        domain.stepUp(domain.loggedIn(), domain.code(alice.key()), Optional.empty(), FROM);
        assertThat(problemOf(() -> verify(tempToken, domain.wrongCode(alice.key()))))
                .isEqualTo(new Problem.InvalidCode(0));
        domain.clock.advance(STEP);
        assertThat(problemOf(() -> verify(tempToken, domain.code(alice.key())))).isEqualTo(DEAD);
    }

    @Test
    void aNewLoginDoesNotResetTheCountOfTheAccount() {
        problemOf(() -> verify(tempToken, domain.wrongCode(alice.key())));
        var again = domain.tempToken(CREDENTIAL);
        assertThat(problemOf(() -> verify(again, domain.wrongCode(alice.key()))))
                .isEqualTo(new Problem.InvalidCode(3));
    }

    @Test
    void theTokenEndsAfterFiveMinutes() {
        domain.clock.advance(Duration.ofMinutes(5));
        assertThat(problemOf(() -> verify(tempToken, domain.code(alice.key())))).isEqualTo(DEAD);
    }

    @Test
    void anUnknownTokenComparesNothing() {
        assertThat(problemOf(() -> verify("unknown", domain.wrongCode(alice.key()))))
                .isEqualTo(DEAD);
        assertThat(domain.accounts.lockout(ALICE)).isEqualTo(Lockout.NONE);
    }

    @Test
    void aCodeThatWasUsedCostsNoAttempt() {
        var code = domain.code(alice.key());
        domain.stepUp(domain.loggedIn(), code, Optional.empty(), FROM);
        assertThat(problemOf(() -> verify(tempToken, code))).isEqualTo(new Problem.CodeAlreadyUsed());
        assertThat(domain.pendingLogins.taken(tempToken)).contains(0);
    }

    @Test
    void aLockedAccountCostsNoAttempt() {
        for (int i = 0; i < 5; i++) {
            problemOf(() -> domain.stepUp(domain.loggedIn(), domain.wrongCode(alice.key()), Optional.empty(), FROM));
        }
        assertThat(problemOf(() -> verify(tempToken, domain.code(alice.key()))))
                .isInstanceOf(Problem.AccountLocked.class);
        assertThat(domain.pendingLogins.taken(tempToken)).contains(0);
    }

    @Test
    void anAccountStoreThatFailsCostsNoAttemptAndNoCode() {
        var code = domain.code(alice.key());
        domain.accounts.goDown();
        assertThat(problemOf(() -> verify(tempToken, code))).isEqualTo(new Problem.StoreUnavailable());
        domain.accounts.comeBack();
        assertThat(domain.pendingLogins.taken(tempToken)).contains(0);
        assertThat(verify(tempToken, code).login().token()).isEqualTo(CREDENTIAL);
    }

    @Test
    void aSessionStoreThatFailsCostsNoAttemptAndNoCode() {
        var code = domain.code(alice.key());
        domain.sessions.goDown();
        assertThat(problemOf(() -> verify(tempToken, code))).isEqualTo(new Problem.StoreUnavailable());
        domain.sessions.comeBack();
        assertThat(domain.pendingLogins.taken(tempToken)).contains(0);
        assertThat(verify(tempToken, code).login().token()).isEqualTo(CREDENTIAL);
    }

    @Test
    void aLoginFromBeforeADisableIsOver() {
        domain.disable(alice.session(), Optional.empty(), Optional.empty());
        assertThat(problemOf(() -> verify(tempToken, "123456"))).isEqualTo(DEAD);
        var again = domain.enrolled();
        assertThat(problemOf(() -> verify(tempToken, domain.code(again.key())))).isEqualTo(DEAD);
        assertThat(domain.sessions.find(Fingerprint.of(CREDENTIAL))).isEmpty();
    }

    private VerifyLogin.Verified verify(String token, String code) {
        return domain.verify(token, code, Optional.empty(), FROM);
    }
}
