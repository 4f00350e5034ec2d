package io.portcullis.scenario;

import static io.portcullis.scenario.EmailMethodIT.other;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logging in where e-mail is the only method. */
@ExtendWith(TestGateways.class)
class EmailLoginIT {
    private static final LegacyAccount ALICE = LegacyAccounts.ALICE;

    private TestGateway gateway;
    private Person alice;

    @BeforeEach
    void enroll(@OwnRealm TestGateway own) {
        gateway = own;
        alice = own.enrolledByEmail(own.loggedIn(ALICE));
    }

    @Test
    void theCodeIsSentAtOnce() throws Exception {
        var login = gateway.login(ALICE);
        assertThat(login.json("/mfaRequired")).isEqualTo(true);
        assertThat(login.json("/methods").toString()).isEqualTo("[\"email\"]");
        assertThat(login.text()).doesNotContain("eyJ");
        var mail = gateway.mails().await(ALICE.email(), "Your 2FA Verification Code");
        var verified = gateway.nobody()
                .at(gateway.secondPort())
                .verifyLogin(login.string("/mfaTempToken"), mail.code().orElseThrow());
        assertThat(verified.status()).isEqualTo(200);
        var back = alice.holding(verified.string("/token"));
        assertThat(back.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(back.at(gateway.secondPort())
                        .get("/auth/me")
                        .json("/session/amr")
                        .toString())
                .isEqualTo("[\"pwd\",\"email\"]");
    }

    @Test
    void theLoginCookieAloneWillDo() {
        var browser = gateway.nobody().with("Cookie", gateway.login(ALICE).cookie("portcullis-login"));
        gateway.mailedCode(alice);
        gateway.clock().advance(Duration.ofSeconds(30));
        assertThat(browser.sendCode().status()).isEqualTo(200);
        var released = browser.at(gateway.secondPort()).verify(gateway.mailedCode(alice));
        assertThat(alice.holding(released.string("/token"))
                        .get("/admin/metrics")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void oneLoginAfterAnotherEachHasItsCode() {
        for (int i = 0; i < 3; i++) {
            var tempToken = gateway.login(ALICE).string("/mfaTempToken");
            assertThat(gateway.nobody()
                            .verifyLogin(tempToken, gateway.mailedCode(alice))
                            .status())
                    .isEqualTo(200);
        }
    }

    /** The code before is still good, so that no second one is needed. */
    @Test
    void aLoginBeganAgainTakesTheCodeOfTheFirst() {
        gateway.login(ALICE);
        var code = gateway.mailedCode(alice);
        var codes = gateway.mails().codes(ALICE.email());
        var again = gateway.login(ALICE);
        assertThat(again.status()).isEqualTo(200);
        assertThat(gateway.mails().codes(ALICE.email())).isEqualTo(codes);
        assertThat(gateway.nobody()
                        .verifyLogin(again.string("/mfaTempToken"), code)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void wrongCodes() {
        var tempToken = gateway.login(ALICE).string("/mfaTempToken");
        var code = gateway.mailedCode(alice);
        for (int left = 4; left >= 0; left--) {
            var wrong = gateway.nobody().verifyLogin(tempToken, other(code));
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.code()).isEqualTo("INVALID_CODE");
            assertThat(wrong.error("remainingAttempts")).isEqualTo(left);
        }
        var session = alice.holding(gateway.token(ALICE, Duration.ofHours(2)));
        for (var person : new Person[] {session, session.at(gateway.secondPort()), alice}) {
            var locked = person.verify(code);
            assertThat(locked.status()).isEqualTo(423);
            assertThat(locked.code()).isEqualTo("ACCOUNT_LOCKED");
            assertThat(locked.header("Retry-After"))
                    .contains(locked.error("retryAfterSeconds").toString());
        }
        var later = gateway.login(ALICE).string("/mfaTempToken");
        assertThat(gateway.nobody().verifyLogin(later, code).code()).isEqualTo("ACCOUNT_LOCKED");
        // Who has passed the second factor works on.
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
    }

    /** Without the first factor nothing is counted, so nobody locks out somebody else. */
    @Test
    void onlyWhoPassedTheFirstFactorCausesFailures() {
        gateway.login(ALICE);
        var code = gateway.mailedCode(alice);
        for (int i = 0; i < 7; i++) {
            assertThat(gateway.nobody().verifyLogin("made-up", other(code)).code())
                    .isEqualTo("TOKEN_INVALID");
            assertThat(gateway.nobody().verify(other(code)).code()).isEqualTo("AUTH_REQUIRED");
        }
        var laptop = alice.holding(gateway.token(ALICE, Duration.ofHours(2)));
        assertThat(laptop.verify(other(code)).error("remainingAttempts")).isEqualTo(4);
        assertThat(laptop.verify(code).status()).isEqualTo(200);
    }

    @Test
    void aRecoveryCodeOpensItToo() {
        var tempToken = gateway.login(ALICE).string("/mfaTempToken");
        gateway.mailedCode(alice);
        var verified =
                gateway.nobody().verifyLogin(tempToken, alice.recoveryCodes().getFirst());
        assertThat(verified.status()).isEqualTo(200);
    }
}
