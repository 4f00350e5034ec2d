package io.portcullis.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.audit.AuditSettings;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.domain.device.RememberDeviceSettings;
import io.portcullis.domain.limits.LimitSettings;
import io.portcullis.domain.limits.Rate;
import io.portcullis.domain.mfa.LockoutSettings;
import io.portcullis.domain.mfa.MfaSettings;
import io.portcullis.domain.mfa.TrustedNetworkSettings;
import io.portcullis.domain.session.SessionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The numbers of the contract's section 2. */
class SettingsDefaultsTest {
    @Test
    void totpIsSha1SixDigitsThirtySecondsAndOneStepToEitherSide() {
        assertThat(TotpSettings.DEFAULTS)
                .isEqualTo(new TotpSettings(TotpSettings.Algorithm.SHA1, 6, Duration.ofSeconds(30), 1, true));
    }

    @Test
    void fiveFailuresInFifteenMinutesLockForFifteenDoublingToADayAndAHundredForGood() {
        assertThat(LockoutSettings.DEFAULTS)
                .isEqualTo(new LockoutSettings(
                        5, Duration.ofMinutes(15), Duration.ofMinutes(15), Duration.ofHours(24), 100));
    }

    @Test
    void fiveCodesAnHourAnAccountTwentyAnAddressTenWrongPasswordsInFifteenMinutesAndThirtyStartsInFive() {
        assertThat(LimitSettings.DEFAULTS)
                .isEqualTo(new LimitSettings(
                        new Rate(5, Duration.ofHours(1)),
                        new Rate(20, Duration.ofHours(1)),
                        new Rate(10, Duration.ofMinutes(15)),
                        new Rate(30, Duration.ofMinutes(5))));
    }

    @Test
    void thereAreTenRecoveryCodes() {
        assertThat(MfaSettings.DEFAULTS.recoveryCodes()).isEqualTo(10);
    }

    @Test
    void aSetupTakesFifteenMinutesAtTheMost() {
        assertThat(MfaSettings.DEFAULTS.setupTtl()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void aTempTokenLivesFiveMinutesAndFiveWrongCodes() {
        assertThat(MfaSettings.DEFAULTS.tempTokenTtl()).isEqualTo(Duration.ofMinutes(5));
        assertThat(MfaSettings.DEFAULTS.tempTokenAttempts()).isEqualTo(5);
    }

    @Test
    void aProofIsFreshForFifteenMinutes() {
        assertThat(MfaSettings.DEFAULTS.freshProof()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void aDeviceIsRememberedForThirtyDaysAndNobodysIs() {
        assertThat(MfaSettings.DEFAULTS.rememberDevice())
                .isEqualTo(new RememberDeviceSettings(Duration.ofDays(30), Set.of()));
        assertThat(MfaSettings.DEFAULTS.trustedNetworks()).isEqualTo(new TrustedNetworkSettings(List.of(), Set.of()));
    }

    @Test
    void aSessionLivesSevenDays() {
        assertThat(SessionSettings.DEFAULTS.ttl()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void aSessionMayStayUnusedForADayOrAllItsLifeWhereThatIsShorter() {
        assertThat(SessionSettings.DEFAULTS.idle()).isEqualTo(Duration.ofHours(24));
        assertThat(SessionSettings.ofTtl(Duration.ofDays(7))).isEqualTo(SessionSettings.DEFAULTS);
        assertThat(SessionSettings.ofTtl(Duration.ofHours(1)).idle()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void auditEventsAreKeptForFourHundredDays() {
        assertThat(AuditSettings.DEFAULTS.retention()).isEqualTo(Duration.ofDays(400));
    }

    @Test
    void theSecondFactorUsesTheDefaultsOfItsParts() {
        assertThat(MfaSettings.DEFAULTS.totp()).isEqualTo(TotpSettings.DEFAULTS);
        assertThat(MfaSettings.DEFAULTS.lockout()).isEqualTo(LockoutSettings.DEFAULTS);
    }
}
