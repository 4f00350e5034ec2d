package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.CLIENT;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginTest {
    private static final FirstFactor NOBODY = (email, password, client) -> Optional.empty();
    private static final FirstFactor DOWN = (email, password, client) -> {
        throw new Refused(new Problem.UpstreamUnavailable());
    };

    private final TestDomain domain = new TestDomain();
    private final FirstFactor alice = place("alice");
    private final FirstFactor bob = place("bob");

    @Test
    void theFirstPlaceThatKnowsThePersonAnswers() {
        var login = new Login(List.of(NOBODY, alice, bob), domain.attempts, domain.admitLogin);
        var complete = (AdmitLogin.Outcome.Complete) login.login("shared@example.com", "right", Optional.empty(), FROM);
        assertThat(complete.session().account().subject()).isEqualTo("alice");
    }

    @Test
    void anUnknownPersonAndAWrongPasswordAreToldTheSame() {
        var login = new Login(List.of(alice), domain.attempts, domain.admitLogin);
        assertThat(problemOf(() -> login.login("shared@example.com", "wrong", Optional.empty(), FROM)))
                .isEqualTo(new Problem.InvalidCredentials());
        assertThat(problemOf(() -> login.login("nobody@example.com", "right", Optional.empty(), FROM)))
                .isEqualTo(new Problem.InvalidCredentials());
    }

    @Test
    void aPlaceThatDoesNotAnswerIsNoWrongPassword() {
        var login = new Login(List.of(DOWN, alice), domain.attempts, domain.admitLogin);
        assertThat(problemOf(() -> login.login("shared@example.com", "right", Optional.empty(), FROM)))
                .isEqualTo(new Problem.UpstreamUnavailable());
    }

    @Test
    void aPasswordIsRightWhenItLogsInTheVeryAccount() {
        var ofAlice = domain.loggedIn();
        assertThat(new PasswordByFirstFactor(List.of(known("alice@example.com", "alice")), domain.attempts)
                        .isRight(ofAlice, "right", CLIENT))
                .isTrue();
        assertThat(new PasswordByFirstFactor(List.of(known("alice@example.com", "alice")), domain.attempts)
                        .isRight(ofAlice, "wrong", CLIENT))
                .isFalse();
        assertThat(new PasswordByFirstFactor(List.of(known("alice@example.com", "another")), domain.attempts)
                        .isRight(ofAlice, "right", CLIENT))
                .isFalse();
    }

    private FirstFactor place(String subject) {
        return known("shared@example.com", subject);
    }

    private FirstFactor known(String email, String subject) {
        return (given, password, client) -> given.equals(email) && password.equals("right")
                ? Optional.of(new FirstFactor.Admitted(
                        new Identity(new Account("admin", subject), Optional.of(email), Optional.empty()),
                        "legacy",
                        List.of("pwd"),
                        "credential of " + subject,
                        new Credential(
                                Fingerprint.of("credential of " + subject),
                                domain.clock.instant().plus(Duration.ofDays(1))),
                        Optional.empty()))
                : Optional.empty();
    }
}
