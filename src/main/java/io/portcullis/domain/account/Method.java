package io.portcullis.domain.account;

import java.util.Optional;

/** A way to pass the second factor. */
public enum Method {
    TOTP("totp", "otp"),
    EMAIL("email", "email"),
    RECOVERY("recovery", "recovery"),
    WEBAUTHN("webauthn", "hwk");

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

    /** The value in {@code amr} (RFC 8176, section 2; {@code email} and {@code recovery} are ours). */
    public String amr() {
        return amr;
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
