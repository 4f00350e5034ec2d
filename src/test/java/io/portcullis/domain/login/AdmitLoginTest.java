package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.FROM;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class AdmitLoginTest {
    private static final LegacyAnswer ANSWER = new LegacyAnswer(200, List.of(), new byte[] {1});

    private final TestDomain domain = new TestDomain();

    @Test
    void withTheSecondFactorOffTheCredentialIsHandedOutAsOneFactor() {
        var complete = complete(true);
        assertThat(complete.token()).isEqualTo("credential");
        assertThat(complete.released()).contains(ANSWER);
        assertThat(domain.sessions
                        .find(Fingerprint.of("credential"))
                        .orElseThrow()
                        .level())
                .isEqualTo(Level.ONE_FACTOR);
    }

    @Test
    void theGatewaysOwnLoginReleasesNoLegacyAnswer() {
        assertThat(complete(false).released()).isEmpty();
    }

    @Test
    void aSetupUnderWayAsksForNoSecondFactor() {
        domain.startApp(domain.loggedIn());
        assertThat(complete(true).session().level()).isEqualTo(Level.ONE_FACTOR);
    }

    @Test
    void withTheSecondFactorOnTheCredentialIsWithheld() {
        domain.enrolled();
        assertThat(admit(true))
                .asInstanceOf(InstanceOfAssertFactories.type(AdmitLogin.Outcome.SecondFactorNeeded.class))
                .satisfies(needed -> {
                    assertThat(needed.methods()).containsExactly(Method.TOTP);
                    assertThat(needed.expiresIn()).isEqualTo(Duration.ofMinutes(5));
                    assertThat(needed.tempToken()).hasSize(43); // 256 bit
                });
        assertThat(domain.sessions.find(Fingerprint.of("credential"))).isEmpty();
    }

    @Test
    void everyLoginHasATokenOfItsOwn() {
        domain.enrolled();
        assertThat(domain.tempToken("credential")).isNotEqualTo(domain.tempToken("credential"));
    }

    @Test
    void theSessionEndsWithTheCredential() {
        assertThat(complete(true).session().expiresAt())
                .isEqualTo(domain.clock.instant().plus(Duration.ofDays(1)));
    }

    @Test
    void theSessionOfALongerCredentialEndsAfterSevenDays() {
        var admitted = domain.admitted("credential", Optional.empty());
        var longer = new FirstFactor.Admitted(
                admitted.identity(),
                admitted.source(),
                admitted.amr(),
                admitted.token(),
                new Credential(
                        admitted.credential().fingerprint(),
                        domain.clock.instant().plus(Duration.ofDays(30))),
                admitted.answer());
        var complete = (AdmitLogin.Outcome.Complete) domain.admit(longer, false, FROM);
        assertThat(complete.session().expiresAt())
                .isEqualTo(domain.clock.instant().plus(Duration.ofDays(7)));
    }

    @Test
    void nothingOfItPrintsACredential() {
        var complete = complete(true);
        domain.enrolled();
        var needed = (AdmitLogin.Outcome.SecondFactorNeeded) admit(true);
        assertThat(complete.toString()).doesNotContain("credential");
        assertThat(needed.toString()).doesNotContain(needed.tempToken());
        assertThat(domain.admitted("credential", Optional.of(ANSWER)).toString())
                .doesNotContain("credential");
    }

    private AdmitLogin.Outcome.Complete complete(boolean releaseAnswer) {
        return (AdmitLogin.Outcome.Complete) admit(releaseAnswer);
    }

    private AdmitLogin.Outcome admit(boolean releaseAnswer) {
        return domain.admit(domain.admitted("credential", Optional.of(ANSWER)), releaseAnswer, FROM);
    }
}
