package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.Person;
import io.portcullis.testing.Race;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.portcullis.testing.frontend.PollingFrontend;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole life of a frontend that shows a QR code and polls until 2FA is enabled. What tokens are is in {@link EnrollmentTokenIT}. */
@ExtendWith(TestGateways.class)
class PollingFrontendIT {
    private static final Duration RIPE = Duration.ofSeconds(6);

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.with(Map.of("AUTO_CONFIRM", "true"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static PollingFrontend frontend(Person person) {
        return new PollingFrontend(person, gateway.clock());
    }

    @Test
    void withoutATokenItAsksForACode(TestGateway strict) {
        var alice = strict.loggedIn();
        var frontend = new PollingFrontend(alice, strict.clock()).enable();
        assertThat(frontend.asksForACode()).isTrue();
        strict.clock().advance(RIPE);
        notStarted(frontend.pollWith("of its own making"));
        assertThat(alice.state()).isEqualTo("SETUP_IN_PROGRESS");
        var enabled = frontend.enter(frontend.app().code());
        assertThat(enabled.status()).isEqualTo(200);
        assertThat((JsonArray) enabled.json("/recoveryCodes")).hasSize(10);
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void withOneItPollsUntilTheSetupIsRipe() throws Exception {
        var alice = gateway.loggedIn();
        var frontend = frontend(alice).enable();
        assertThat(frontend.asksForACode()).isFalse();
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
        var enabled = frontend.pollUntilItIsDone();
        assertThat(frontend.waits()).containsExactly(RIPE);
        assertThat(enabled.status()).isEqualTo(200);
        assertThat(enabled.json("/enabled")).isEqualTo(true);
        assertThat(enabled.json("/user/twoFAEnabled")).isEqualTo(true);
        assertThat(enabled.json("/user/twoFactorEnabled")).isEqualTo(true);
        assertThat((JsonArray) enabled.json("/recoveryCodes")).hasSize(10).doesNotHaveDuplicates();
        assertThat(gateway.mails()
                        .await(TestGateway.address(alice), "Two-factor authentication was turned on")
                        .text())
                .contains("Method: totp");
        // Nobody has proved a second factor, so the session has none.
        var refused = alice.get("/admin/metrics");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("2FA_REQUIRED");
        assertThat(refused.error("action")).isEqualTo("VERIFY_2FA");
        assertThat(alice.verify(frontend.app().code()).status()).isEqualTo(200);
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
    }

    /** One that was told too little would be pending for a moment, and one that was told nothing would poll without a pause. */
    @Test
    void aPartOfASecondIsAWholeOne() {
        var frontend = frontend(gateway.loggedIn()).enable();
        gateway.clock().advance(RIPE.minusMillis(1));
        assertThat(frontend.pollUntilItIsDone().status()).isEqualTo(200);
        assertThat(frontend.waits()).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void aPageThatWasLeftOpenIsTooLate() {
        var alice = gateway.loggedIn();
        var inTime = frontend(alice).enable();
        var bob = gateway.loggedIn();
        var late = frontend(bob).enable();
        gateway.clock().advance(Duration.ofMinutes(15).minusMillis(1));
        assertThat(inTime.poll().status()).isEqualTo(200);
        gateway.clock().advance(Duration.ofMillis(1));
        notStarted(late.poll());
        assertThat(bob.state()).isEqualTo("DISABLED");
        assertThat(late.enable().pollUntilItIsDone().status()).isEqualTo(200);
    }

    @Test
    void aSetupStartedAgainRipensAnewAndTheOldPageIsDead() {
        var alice = gateway.loggedIn();
        var old = frontend(alice).enable();
        gateway.clock().advance(Duration.ofSeconds(5));
        var fresh = frontend(alice).enable();
        gateway.clock().advance(Duration.ofSeconds(1));
        notStarted(old.poll());
        assertThat(fresh.pollUntilItIsDone().status()).isEqualTo(200);
        assertThat(fresh.waits()).containsExactly(Duration.ofSeconds(5));
        assertThat(alice.verify(old.app().code()).code()).isEqualTo("INVALID_CODE");
        assertThat(alice.verify(fresh.app().code()).status()).isEqualTo(200);
    }

    @Test
    void anotherSessionOfTheAccountStartsItAgainForItself() {
        var phone = gateway.loggedIn();
        var laptop = gateway.again(phone);
        var onPhone = frontend(phone).enable();
        gateway.clock().advance(RIPE);
        notStarted(onPhone.in(laptop).poll());
        notStarted(onPhone.in(gateway.loggedIn()).poll());
        var onLaptop = frontend(laptop).enable();
        notStarted(onPhone.poll());
        assertThat(onLaptop.pollUntilItIsDone().status()).isEqualTo(200);
        assertThat(phone.state()).isEqualTo("ENABLED");
        assertThat(onPhone.poll().code()).isEqualTo("ALREADY_ENABLED");
    }

    @Test
    void aLogoutInBetweenEndsIt() {
        var alice = gateway.loggedIn();
        var frontend = frontend(alice).enable();
        gateway.clock().advance(RIPE);
        assertThat(alice.logout().status()).isEqualTo(204);
        assertThat(frontend.poll().code()).isEqualTo("AUTH_REQUIRED");
        var back = gateway.again(alice);
        notStarted(frontend.in(back).poll());
        assertThat(back.state()).isEqualTo("DISABLED");
        assertThat(back.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
    }

    /** Two windows, at two instances. */
    @Test
    void ofTwoPollsAtOnceOneWins() throws Exception {
        var alice = gateway.loggedIn();
        var first = frontend(alice).enable();
        var second = first.in(alice.at(gateway.secondPort()));
        gateway.clock().advance(RIPE);
        var turn = new AtomicInteger();
        var answers = Race.of(2, () -> (turn.getAndIncrement() == 0 ? first : second).poll());
        assertThat(answers).extracting(Answer::code).containsExactlyInAnyOrder("200", "ALREADY_ENABLED");
        var winner = answers.stream()
                .filter(answer -> answer.status() == 200)
                .findFirst()
                .orElseThrow();
        assertThat(alice.verify(winner.string("/recoveryCodes/0")).status()).isEqualTo(200);
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void aLoginByMailWorksUntilTheAppHasShownARightCode() {
        var account = LegacyAccounts.ALICE;
        var alice = gateway.loggedIn(account);
        var frontend = frontend(alice).enable();
        var enabled = frontend.pollUntilItIsDone();
        var offered = "[\"totp\",\"email\"]";
        assertThat(gateway.login(account).json("/methods").toString()).isEqualTo(offered);

        var byMail = gateway.login(account).string("/mfaTempToken");
        assertThat(gateway.nobody().sendCode(byMail).status()).isEqualTo(200);
        assertThat(gateway.nobody()
                        .verifyLogin(byMail, gateway.mailedCode(alice))
                        .status())
                .isEqualTo(200);
        var byPaper = gateway.login(account);
        assertThat(byPaper.json("/methods").toString()).isEqualTo(offered);
        assertThat(gateway.nobody()
                        .verifyLogin(byPaper.string("/mfaTempToken"), enabled.string("/recoveryCodes/0"))
                        .status())
                .isEqualTo(200);
        var byApp = gateway.login(account);
        assertThat(byApp.json("/methods").toString()).isEqualTo(offered);
        var tempToken = byApp.string("/mfaTempToken");
        assertThat(gateway.nobody()
                        .verifyLogin(tempToken, frontend.app().wrongCode())
                        .code())
                .isEqualTo("INVALID_CODE");
        assertThat(gateway.login(account).json("/methods").toString()).isEqualTo(offered);
        assertThat(gateway.nobody()
                        .verifyLogin(tempToken, frontend.app().nextCode())
                        .status())
                .isEqualTo(200);

        var after = gateway.login(account);
        assertThat(after.json("/methods").toString()).isEqualTo("[\"totp\"]");
        assertThat(gateway.nobody().sendCode(after.string("/mfaTempToken")).code())
                .isEqualTo("SETUP_NOT_STARTED");
    }

    private static void notStarted(Answer answer) {
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("SETUP_NOT_STARTED");
        assertThat(answer.error("action")).isEqualTo("START_SETUP");
    }
}
