package io.portcullis.scenario;

import static io.portcullis.testing.frontend.TwoRealms.ADMIN_PASSWORD;
import static io.portcullis.testing.frontend.TwoRealms.ADMIN_REALM;
import static io.portcullis.testing.frontend.TwoRealms.USER_PASSWORD;
import static io.portcullis.testing.frontend.TwoRealms.USER_REALM;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Await;
import io.portcullis.testing.frontend.Page;
import io.portcullis.testing.frontend.TwoRealms;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two frontends on one gateway: the accounts are the same, and an admin and a user of one id and e-mail are two of them. */
@ExtendWith(TwoRealms.Provided.class)
class TwoFrontendsIT {
    @Test
    void whatIsEnabledThroughOneIsVerifiedAndDisabledThroughAnother(TwoRealms realms) throws Exception {
        var alice = realms.somebody();
        var one = BetterAuthIT.enrolled(realms, alice);
        var other = realms.threeState();
        other.login(alice.email(), ADMIN_PASSWORD);
        assertThat(other.page()).isEqualTo(Page.VERIFY);
        other.verify(one.app().nextCode());
        realms.assertMetrics(other.fetch(), "200");
        other.disable(ADMIN_PASSWORD);
        realms.assertMetrics(other.fetch(), "2FA_MANDATORY");
        realms.assertEnded(one.fetch());

        other.enable();
        other.confirm(other.app().code());
        one.logout();
        one.login(alice.email(), ADMIN_PASSWORD);
        assertThat(one.page()).isEqualTo(Page.VERIFY);
        one.verify(other.recoveryCodes().getFirst());
        realms.assertMetrics(one.fetch(), "200");
    }

    /** A login that began at one frontend may end at another: it is the same one. */
    @Test
    void aLoginInProgressIsCompletedByEither(TwoRealms realms) {
        var alice = realms.somebody();
        var one = BetterAuthIT.enrolled(realms, alice);
        var other = realms.threeState();
        other.login(alice.email(), ADMIN_PASSWORD);
        var fresh = realms.betterAuth();
        fresh.keepVerificationToken(other.mfaToken());
        fresh.verify(one.app().nextCode());
        assertThat(fresh.screen().message()).isEqualTo("MFA verification successful");
        realms.assertMetrics(fresh.fetch(), "200");
        other.verify(one.app().nextCode());
        assertThat(other.screen().code()).isEqualTo("TOKEN_INVALID");
    }

    @Test
    void fiveWrongCodesOverBothLockTheAccountForBoth(TwoRealms realms) {
        var alice = realms.somebody();
        var one = BetterAuthIT.enrolled(realms, alice);
        var app = one.app();
        one.logout();
        one.login(alice.email(), ADMIN_PASSWORD);
        var other = realms.threeState();
        other.login(alice.email(), ADMIN_PASSWORD);
        var wrong = app.wrongCode();
        for (int left = 4; left >= 1; left -= 2) {
            one.verify(wrong);
            assertThat(one.screen().attemptsLeft()).contains(left);
            other.verify(wrong);
            assertThat(other.screen().attemptsLeft()).contains(left - 1);
        }
        one.verify(wrong);
        assertThat(one.screen().attemptsLeft()).contains(0);

        assertLocked(one.verify(app.nextCode()));
        assertLocked(other.verify(app.code()));
        assertThat(other.screen().message()).isEqualTo("Second factor locked");
        assertThat(other.page()).isEqualTo(Page.VERIFY); // stays there and waits
        // Without the right password nobody learns of it.
        var stranger = realms.threeState();
        stranger.login(alice.email(), "a guess");
        assertThat(stranger.screen().code()).isEqualTo("INVALID_CREDENTIALS");

        realms.gateway().clock().advance(Duration.ofMinutes(16));
        other.login(alice.email(), ADMIN_PASSWORD);
        other.verify(app.nextCode());
        assertThat(other.page()).isEqualTo(Page.HOME);
    }

    private static void assertLocked(Answer answer) {
        assertThat(answer.status()).isEqualTo(423);
        assertThat(answer.code()).isEqualTo("ACCOUNT_LOCKED");
        assertThat((Integer) answer.error("retryAfterSeconds")).isBetween(800, 900);
        assertThat(answer.header("Retry-After"))
                .contains(answer.error("retryAfterSeconds").toString());
    }

    @Test
    void eachRealmsVerificationChangesItsOwnRecordAlone(TwoRealms realms) throws Exception {
        var twins = realms.somebody();
        var admin = realms.betterAuth();
        admin.login(twins.email(), ADMIN_PASSWORD);
        var user = realms.betterAuth();
        user.login(twins.email(), USER_PASSWORD);
        admin.setUp();
        user.setUp();
        // The id is the same, the account is not: neither token is good with the other's credential.
        var admins = admin.verificationToken();
        admin.keepVerificationToken(user.verificationToken());
        admin.verify(user.app().code());
        assertThat(admin.screen().code()).isEqualTo("TOKEN_INVALID");
        assertThat(admin.status().getString("state")).isEqualTo("SETUP_IN_PROGRESS");
        assertThat(user.status().getString("state")).isEqualTo("SETUP_IN_PROGRESS");

        user.verify(user.app().code());
        assertThat(user.user().getString("role")).isEqualTo("user");
        assertThat(user.user().getBoolean("twoFAEnabled")).isTrue();
        assertThat(admin.status().getString("state")).isEqualTo("SETUP_IN_PROGRESS");
        Await.until("the user's record is in step", () -> realms.column("users", twins));
        assertThat(realms.column("admins", twins)).isFalse();
        realms.assertMetrics(admin.fetch(), "2FA_MANDATORY");
        realms.assertMetrics(user.fetch(), "FORBIDDEN");

        admin.keepVerificationToken(admins);
        admin.verify(admin.app().code());
        assertThat(admin.user().getString("role")).isEqualTo("admin");
        realms.assertMetrics(admin.fetch(), "200");
        Await.until("the admin's record is in step", () -> realms.column("admins", twins));

        user.disableByPassword(ADMIN_PASSWORD); // which is not the user's
        assertThat(user.screen().code()).isEqualTo("INVALID_CREDENTIALS");
        user.disableByPassword(USER_PASSWORD);
        Await.until("the user's record is in step", () -> !realms.column("users", twins));
        assertThat(realms.column("admins", twins)).isTrue();
        realms.assertMetrics(admin.fetch(), "200");
        assertThat(AuditLog.types(USER_REALM, twins.subject())).containsOnlyOnce("MFA_ENABLED", "MFA_DISABLED");
        assertThat(AuditLog.types(ADMIN_REALM, twins.subject()))
                .containsOnlyOnce("MFA_ENABLED")
                .doesNotContain("MFA_DISABLED");
    }

    @Test
    void eachRealmIsSetUpAndLogsInAloneThroughThreeState(TwoRealms realms) throws Exception {
        var twins = realms.somebody();
        var user = realms.threeState();
        user.login(twins.email(), USER_PASSWORD);
        user.enable();
        user.confirm(user.app().code());
        Await.until("the user's record is in step", () -> realms.column("users", twins));
        assertThat(realms.column("admins", twins)).isFalse();

        var admin = realms.threeState();
        admin.login(twins.email(), ADMIN_PASSWORD);
        assertThat(admin.page()).isEqualTo(Page.HOME); // nothing is asked of the admin
        realms.assertMetrics(admin.fetch(), "2FA_MANDATORY");
        user.logout();
        user.login(twins.email(), USER_PASSWORD);
        assertThat(user.page()).isEqualTo(Page.VERIFY);
        admin.enable();
        admin.confirm(admin.app().code());
        user.verify(admin.app().nextCode());
        assertThat(user.screen().code()).isEqualTo("INVALID_CODE");
        user.verify(user.app().code());
        assertThat(user.page()).isEqualTo(Page.HOME);
    }
}
