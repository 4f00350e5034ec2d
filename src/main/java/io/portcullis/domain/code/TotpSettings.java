package io.portcullis.domain.code;

import java.time.Duration;

/**
 * How new authenticator secrets are made and how far their clocks may be off.
 *
 * @param period how long one code is shown, whole seconds from 15 to 120
 * @param window how many steps before and after now are accepted, 0 to 2
 * @param qr whether a set-up answers with a QR code
 */
public record TotpSettings(Algorithm algorithm, int digits, Duration period, int window, boolean qr) {
    public static final TotpSettings DEFAULTS = new TotpSettings(Algorithm.SHA1, 6, Duration.ofSeconds(30), 1, true);

    public enum Algorithm {
        SHA1,
        SHA256,
        SHA512;

        /** The JDK's name of the HMAC. */
        String mac() {
            return "Hmac" + name();
        }
    }

    public TotpSettings {
        if (digits < 6 || digits > 8) {
            throw new IllegalArgumentException("mfa.totp.digits is from 6 to 8");
        }
        if (period.toSeconds() < 15 || period.toSeconds() > 120 || period.toMillisPart() != 0) {
            throw new IllegalArgumentException("mfa.totp.period is whole seconds from 15s to 120s");
        }
        if (window < 0 || window > 2) {
            throw new IllegalArgumentException("mfa.totp.window is from 0 to 2");
        }
    }
}
