package io.portcullis.scenario;

import static io.portcullis.scenario.EmailMethodIT.other;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Stores;
import io.portcullis.testing.frontend.AdminEmailFrontend;
import io.portcullis.testing.frontend.Fetch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the codes that the frontend {@code admin-email} asks for: how soon, how often, how long they are good. */
class AdminEmailCodesIT extends DialectSiteStory {
    private static final Duration RESEND = Duration.ofSeconds(30);

    @Test
    void anotherCodeForASetupComesNoSoonerThanAllowed() {
        var email = site.newcomer();
        var settings = new AdminEmailFrontend(site.login(email));
        settings.enable();
        var first = site.mailedCode(email);
        clock().advance(Duration.ofSeconds(10));
        var refused = settings.sendCode();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(settings.code()).isEqualTo("RATE_LIMITED");
        assertThat(refused.error("retryAfterSeconds")).isEqualTo(20);
        assertThat(refused.header("Retry-After")).contains("20");
        assertThat(refused.header("RateLimit").orElseThrow()).contains("\"resend\";r=0;t=20");
        assertThat(refused.header("RateLimit-Policy").orElseThrow()).contains("\"resend\";q=1;w=30");
        clock().advance(Duration.ofSeconds(20));
        assertThat(settings.sendCode().header("RateLimit").orElseThrow()).contains("\"sendCode\";r=3");
        var second = site.mailedCode(email);
        if (!first.equals(second)) { // once in a million runs
            settings.enable(first);
            assertThat(settings.code()).isEqualTo("INVALID_CODE");
        }
        assertThat(AdminEmailIT.recoveryCodes(settings.enable(second))).hasSize(10);
    }

    @Test
    void theMailboxIsTriedFromTheSettings() {
        var email = site.newcomer();
        var page = AdminEmailIT.enrolled(site, email);
        var settings = new AdminEmailFrontend(page);
        assertThat(settings.sendCode().json("/expiresIn")).isEqualTo(600);
        var code = site.mailedCode(email);
        assertThat(settings.verifyCode(code).json()).isEqualTo(AdminEmailIT.verified());
        settings.verifyCode(code);
        assertThat(settings.code()).isEqualTo("CODE_ALREADY_USED");
        assertThat(settings.action()).isEqualTo("WAIT_FOR_NEXT_CODE");
        assertThat(site.metrics(page)).isEqualTo("200");
    }

    @Test
    void aCodeExpires() {
        var email = site.newcomer();
        var page = AdminEmailIT.enrolled(site, email);
        var settings = new AdminEmailFrontend(page);
        settings.sendCode();
        var code = site.mailedCode(email);
        Stores.forgetInRedis("portcullis:code:"); // as Redis does when their time is over
        var expired = settings.verifyCode(code);
        assertThat(expired.status()).isEqualTo(400);
        assertThat(settings.code()).isEqualTo("CODE_EXPIRED");
        assertThat(settings.action()).isEqualTo("RESEND_CODE");
        clock().advance(RESEND);
        settings.sendCode();
        assertThat(settings.verifyCode(site.mailedCode(email)).status()).isEqualTo(200);
    }

    @Test
    void fiveWrongCodesUseUpTheCodeAndLockTheAccount() {
        var email = site.newcomer();
        var page = AdminEmailIT.enrolled(site, email);
        var settings = new AdminEmailFrontend(page);
        settings.sendCode();
        var code = site.mailedCode(email);
        for (int left = 4; left >= 0; left--) {
            assertThat(settings.verifyCode(other(code)).error("remainingAttempts"))
                    .isEqualTo(left);
        }
        var locked = settings.verifyCode(code);
        assertThat(locked.status()).isEqualTo(423);
        assertThat(settings.code()).isEqualTo("ACCOUNT_LOCKED");
        assertThat(settings.action()).isEqualTo("WAIT");
        assertThat(locked.header("Retry-After"))
                .contains(locked.error("retryAfterSeconds").toString());
        assertThat(settings.disable(code).status()).isEqualTo(423);
        clock().advance(Duration.ofMinutes(15));
        settings.verifyCode(code);
        assertThat(settings.code()).isEqualTo("CODE_EXPIRED"); // used up by the wrong ones
        settings.sendCode();
        assertThat(settings.verifyCode(site.mailedCode(email)).status()).isEqualTo(200);
    }

    @Test
    void withoutAMailServerNothingIsConsumed() {
        var email = site.newcomer();
        var page = site.login(email);
        var settings = new AdminEmailFrontend(page);
        var mails = site.gateway().mails();
        mails.stop();
        try {
            assertThat(settings.enable().status()).isEqualTo(503);
            assertThat(settings.code()).isEqualTo("MAIL_UNAVAILABLE");
            assertThat(settings.action()).isEqualTo("RETRY");
            assertThat(settings.status().string("/state")).isEqualTo("DISABLED");
        } finally {
            mails.restart();
        }
        assertThat(settings.enable().header("RateLimit").orElseThrow()).contains("\"sendCode\";r=4");
        var code = site.mailedCode(email);
        clock().advance(RESEND);
        mails.stop();
        try {
            settings.sendCode();
            assertThat(settings.code()).isEqualTo("MAIL_UNAVAILABLE");
        } finally {
            mails.restart();
        }
        assertThat(settings.verifyCode(code).status()).isEqualTo(200); // the code before is still good
        assertThat(site.metrics(page)).isEqualTo("200");
    }

    @Test
    void withoutAnythingUnderWayThereIsNothingToSendOrVerify() {
        var page = site.login(site.newcomer());
        var settings = new AdminEmailFrontend(page);
        settings.sendCode();
        assertThat(settings.code()).isEqualTo("SETUP_NOT_STARTED");
        settings.verifyCode("123456");
        assertThat(settings.code()).isEqualTo("SETUP_NOT_STARTED");
        assertThat(settings.message()).isEqualTo("Setup not started");
        assertThat(settings.action()).isEqualTo("START_SETUP");
        settings.verifyCode("12345");
        assertThat(settings.code()).isEqualTo("INVALID_REQUEST");
        var stranger = new AdminEmailFrontend(Fetch.at(site.gateway().port()));
        for (var answer : List.of(
                stranger.enable(),
                stranger.sendCode(),
                stranger.verifyCode("123456"),
                stranger.disable(),
                stranger.status())) {
            assertThat(answer.code()).isEqualTo("AUTH_REQUIRED");
        }
    }
}
