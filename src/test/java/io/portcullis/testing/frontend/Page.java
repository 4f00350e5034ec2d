package io.portcullis.testing.frontend;

import java.util.Optional;

/** The pages that a frontend has for the second factor, and the one behind them. */
public enum Page {
    LOGIN,
    /** Offers to set up the second factor. */
    SET_UP,
    /** Shows the QR code and asks for the first code. */
    SCAN,
    VERIFY,
    /** Asks for a proof before a sensitive change. */
    CONFIRM_IDENTITY,
    HOME;

    /** Where an error's {@code action} leads; empty: the person stays and tries again, waits, or corrects a field. */
    static Optional<Page> of(String action) {
        return switch (action) {
            case "LOGIN", "RESTART_LOGIN" -> Optional.of(LOGIN);
            case "ENABLE_2FA", "START_SETUP", "RESTART_SETUP" -> Optional.of(SET_UP);
            case "VERIFY_2FA" -> Optional.of(VERIFY);
            case "REAUTHENTICATE" -> Optional.of(CONFIRM_IDENTITY);
            case "RETRY", "WAIT", "WAIT_FOR_NEXT_CODE", "RESEND_CODE", "FIX_REQUEST", "NONE" -> Optional.empty();
            default -> throw new AssertionError("an action that no frontend knows: " + action);
        };
    }
}
