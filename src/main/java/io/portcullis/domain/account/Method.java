package io.portcullis.domain.account;

import java.util.Optional;

/** A way to pass the second factor: by a proof, or by what stands in for one. */
public enum Method {
    TOTP("totp", "otp"),
    EMAIL("email", "email"),
    RECOVERY("recovery", "recovery"),
    WEBAUTHN("webauthn", "hwk"),
    /** A remembered device, on which the second factor was proved before. */
    DEVICE("device", "device"),
    /** A network that the config trusts. */
    NETWORK("network", "network");

    private final String wire;
    private final String amr;

    Method(String wire, String amr) {
        this.wire = wire;
        this.amr = amr;
    }

    /** The name in the config and the API. */
    public String wire() {
        return wire;
    }

    /** The value in {@code amr} (RFC 8176, section 2; {@code email}, {@code recovery}, {@code device} and {@code network} are ours). */
    public String amr() {
        return amr;
    }

    /** Whether somebody proves something by it. What only stands in for a proof is never set up, named by a rule, or fresh. */
    public boolean isProof() {
        return this != DEVICE && this != NETWORK;
    }

    public static Optional<Method> of(String wire) {
        for (var method : values()) {
            if (method.wire.equals(wire)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
