package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.code.EmailCodeSettings;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.domain.device.RememberDeviceSettings;
import java.time.Duration;
import java.util.Set;

/**
 * The second factor.
 *
 * @param issuer the name that authenticator apps show
 * @param methods what people may set up
 * @param mandatoryRoles for whom {@code status} says that a second factor is mandatory
 * @param setupTtl how long a set-up may take
 * @param tempTokenTtl how long a login may wait for its second factor
 * @param tempTokenAttempts wrong codes that end such a login
 * @param mailed whether codes can be mailed at all
 * @param freshProof how long after a verification a sensitive change needs no new proof
 * @param rememberDevice for whom a device is remembered, and skips it
 * @param trustedNetworks for whom and from where it is skipped
 */
public record MfaSettings(
        String issuer,
        Set<Method> methods,
        Set<String> mandatoryRoles,
        TotpSettings totp,
        boolean mailed,
        EmailCodeSettings email,
        EnrollmentSettings enrollment,
        int recoveryCodes,
        Duration setupTtl,
        Duration tempTokenTtl,
        int tempTokenAttempts,
        Duration freshProof,
        RememberDeviceSettings rememberDevice,
        TrustedNetworkSettings trustedNetworks,
        LockoutSettings lockout) {
    public static final MfaSettings DEFAULTS = new MfaSettings(
            "Portcullis",
            Set.of(Method.TOTP),
            Set.of(),
            TotpSettings.DEFAULTS,
            false,
            EmailCodeSettings.DEFAULTS,
            EnrollmentSettings.DEFAULTS,
            10,
            Duration.ofMinutes(15),
            Duration.ofMinutes(5),
            5,
            Duration.ofMinutes(15),
            RememberDeviceSettings.DEFAULTS,
            TrustedNetworkSettings.NONE,
            LockoutSettings.DEFAULTS);

    public MfaSettings {
        methods = Set.copyOf(methods);
        mandatoryRoles = Set.copyOf(mandatoryRoles);
        if (issuer.isBlank() || issuer.contains(":")) {
            throw new IllegalArgumentException("mfa.issuer is a name without a colon");
        }
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("mfa.methods names at least one method");
        }
        if (!methods.stream().allMatch(Method::isProof)) {
            throw new IllegalArgumentException("mfa.methods names only what can be set up");
        }
        if (methods.contains(Method.EMAIL) && !mailed) {
            throw new IllegalArgumentException("mfa.methods has email, which needs the section mail");
        }
        if (enrollment.proof() == EnrollmentSettings.Proof.EMAIL && !mailed) {
            throw new IllegalArgumentException("mfa.enrollment.proof is email, which needs the section mail");
        }
        if (recoveryCodes < 5 || recoveryCodes > 20) {
            throw new IllegalArgumentException("mfa.recovery.count is from 5 to 20");
        }
        within("mfa.setup.ttl", setupTtl, Duration.ofMinutes(1), Duration.ofHours(1));
        within("mfa.tempToken.ttl", tempTokenTtl, Duration.ofMinutes(1), Duration.ofMinutes(15));
        if (tempTokenAttempts < 1 || tempTokenAttempts > 10) {
            throw new IllegalArgumentException("mfa.tempToken.attempts is from 1 to 10");
        }
        within("mfa.freshProof", freshProof, Duration.ZERO, Duration.ofHours(1));
    }

    private static void within(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    key + " is from " + least.toSeconds() + "s to " + most.toSeconds() + "s");
        }
    }
}
