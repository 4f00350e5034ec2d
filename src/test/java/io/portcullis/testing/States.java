package io.portcullis.testing;

import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.mfa.Authenticator;
import io.portcullis.domain.mfa.Enrollment;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.Setup;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** States of an account whose one method is an authenticator app. */
public final class States {
    private States() {}

    public static Setup setup(TotpKey key, Instant expiresAt) {
        return new Setup(new Enrollment.Totp(key), expiresAt, Optional.empty(), Map.of());
    }

    public static Mfa.SetupInProgress settingUp(TotpKey key, Instant expiresAt) {
        return new Mfa.SetupInProgress(setup(key, expiresAt));
    }

    public static Mfa.Enabled enabled(TotpKey key, long lastAcceptedStep) {
        return new Mfa.Enabled(
                Optional.of(new Authenticator(key, lastAcceptedStep)), Optional.empty(), Optional.empty());
    }

    /** The app of an enabled account. */
    public static Authenticator app(Mfa enabled) {
        return ((Mfa.Enabled) enabled).totp().orElseThrow();
    }

    /** The key of a set-up. */
    public static TotpKey temporaryKey(Mfa running) {
        return ((Enrollment.Totp) ((Mfa.SetupInProgress) running).setup().enrollment()).key();
    }
}
