package io.portcullis.domain.mfa;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/**
 * Makes the recovery codes of an account. Their slow hashes take a quarter of a second of CPU, so they are made before the
 * change that stores them, which holds a connection.
 */
public final class FreshRecoveryCodes {
    private final CodeHasher hasher;
    private final int count;
    private final SecureRandom random;

    public FreshRecoveryCodes(CodeHasher hasher, MfaSettings settings, SecureRandom random) {
        this.hasher = hasher;
        this.count = settings.recoveryCodes();
        this.random = random;
    }

    /** Codes to be shown once, and what is stored of them. */
    record Made(List<RecoveryCode> codes, Map<String, String> hashes) {
        static final Made NONE = new Made(List.of(), Map.of());
    }

    Made make() {
        var codes = RecoveryCode.random(random, count);
        return new Made(codes, RecoveryCode.hashed(codes, hasher));
    }
}
