package io.portcullis.domain.code;

import io.portcullis.domain.code.TotpSettings.Algorithm;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An authenticator's secret with the parameters it was made for, so that a changed config does not break apps that are
 * set up already (RFC 6238). Prints itself hidden.
 */
public final class TotpKey {
    private static final int SECRET_BYTES = 20; // 160 bit, RFC 4226, section 4, R6

    private final byte[] secret;
    private final Algorithm algorithm;
    private final int digits;
    private final long period;

    private TotpKey(byte[] secret, Algorithm algorithm, int digits, long period) {
        this.secret = secret;
        this.algorithm = algorithm;
        this.digits = digits;
        this.period = period;
    }

    public static TotpKey random(SecureRandom random, TotpSettings settings) {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new TotpKey(
                secret,
                settings.algorithm(),
                settings.digits(),
                settings.period().toSeconds());
    }

    /** A key that was made elsewhere; {@code base32} may have spaces, hyphens, padding and lower case (RFC 4648). */
    public static TotpKey of(String base32, TotpSettings settings) {
        return new TotpKey(
                Base32.decode(base32),
                settings.algorithm(),
                settings.digits(),
                settings.period().toSeconds());
    }

    /** Reads what {@link #stored()} wrote. */
    public static TotpKey fromStored(String stored) {
        var parts = stored.split("/", -1);
        return new TotpKey(
                Base32.decode(parts[3]),
                Algorithm.valueOf(parts[0]),
                Integer.parseInt(parts[1]),
                Long.parseLong(parts[2]));
    }

    /** The whole key as text, to be encrypted: {@code SHA1/6/30/BASE32}. */
    public String stored() {
        return algorithm + "/" + digits + "/" + period + "/" + base32();
    }

    /** The secret as an authenticator app takes it by hand. */
    public String base32() {
        return Base32.encode(secret);
    }

    /** What the QR code says. Spaces are {@code %20}: apps show a {@code +} as it stands. */
    public String otpauthUrl(String issuer, String accountName) {
        return "otpauth://totp/" + percent(issuer) + ":" + percent(accountName) + "?secret=" + base32() + "&issuer="
                + percent(issuer) + "&algorithm=" + algorithm + "&digits=" + digits + "&period=" + period;
    }

    /** The code of the step that {@code now} falls in. */
    public String code(Instant now) {
        return code(step(now));
    }

    public Duration period() {
        return Duration.ofSeconds(period);
    }

    public int digits() {
        return digits;
    }

    /** The newest time step within {@code window} of now that has this code. All steps are compared, each in constant time. */
    public OptionalLong matchingStep(String code, Instant now, int window) {
        var given = code.getBytes(StandardCharsets.UTF_8);
        long current = step(now);
        long found = -1;
        for (long step = current - window; step <= current + window; step++) {
            if (MessageDigest.isEqual(code(step).getBytes(StandardCharsets.UTF_8), given)) {
                found = step;
            }
        }
        return found < 0 ? OptionalLong.empty() : OptionalLong.of(found);
    }

    private long step(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), period);
    }

    /** RFC 4226, section 5.3: dynamic truncation. */
    private String code(long step) {
        try {
            var mac = Mac.getInstance(algorithm.mac());
            mac.init(new SecretKeySpec(secret, "RAW"));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            long number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffffL;
            long modulus = 1;
            for (int i = 0; i < digits; i++) {
                modulus *= 10;
            }
            return String.format(Locale.ROOT, "%0" + digits + "d", number % modulus);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm.mac(), e);
        }
    }

    private static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "TotpKey[hidden]";
    }
}
