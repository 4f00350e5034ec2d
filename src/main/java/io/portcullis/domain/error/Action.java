package io.portcullis.domain.error;

/** What a frontend can do about an error: the public member {@code action}. */
public enum Action {
    NONE,
    FIX_REQUEST,
    LOGIN,
    RETRY,
    RESTART_LOGIN,
    RESTART_SETUP,
    WAIT_FOR_NEXT_CODE,
    RESEND_CODE,
    ENABLE_2FA,
    VERIFY_2FA,
    REAUTHENTICATE,
    START_SETUP,
    WAIT
}
