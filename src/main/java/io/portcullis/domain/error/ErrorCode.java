package io.portcullis.domain.error;

/** The public table of errors: wire name, HTTP status, action. Codes and actions never change with the language. */
public enum ErrorCode {
    INVALID_REQUEST(400, Action.FIX_REQUEST),
    AMBIGUOUS_PATH(400, Action.NONE),
    METHOD_NOT_ALLOWED(405, Action.NONE),
    MISDIRECTED_REQUEST(421, Action.NONE),
    AUTH_REQUIRED(401, Action.LOGIN),
    SESSION_EXPIRED(401, Action.LOGIN),
    INVALID_CREDENTIALS(401, Action.RETRY),
    TOKEN_INVALID(401, Action.RESTART_LOGIN),
    INVALID_CODE(400, Action.RETRY),
    CODE_ALREADY_USED(400, Action.WAIT_FOR_NEXT_CODE),
    CODE_EXPIRED(400, Action.RESEND_CODE),
    TWO_FACTOR_MANDATORY("2FA_MANDATORY", 403, Action.ENABLE_2FA),
    TWO_FACTOR_REQUIRED("2FA_REQUIRED", 403, Action.VERIFY_2FA),
    REAUTHENTICATION_REQUIRED(403, Action.REAUTHENTICATE),
    FORBIDDEN(403, Action.NONE),
    NO_ROUTE(404, Action.NONE),
    SETUP_NOT_STARTED(409, Action.START_SETUP),
    ALREADY_ENABLED(409, Action.NONE),
    BODY_TOO_LARGE(413, Action.FIX_REQUEST),
    ACCOUNT_LOCKED(423, Action.WAIT),
    RATE_LIMITED(429, Action.WAIT),
    INTERNAL_ERROR(500, Action.RETRY),
    UPSTREAM_UNAVAILABLE(502, Action.RETRY),
    MAIL_UNAVAILABLE(503, Action.RETRY),
    STORE_UNAVAILABLE(503, Action.RETRY),
    UPSTREAM_TIMEOUT(504, Action.RETRY);

    private final String wire;
    private final int status;
    private final Action action;

    ErrorCode(int status, Action action) {
        this.wire = name();
        this.status = status;
        this.action = action;
    }

    ErrorCode(String wire, int status, Action action) {
        this.wire = wire;
        this.status = status;
        this.action = action;
    }

    /** The public member {@code code}. */
    public String wire() {
        return wire;
    }

    public int status() {
        return status;
    }

    /** The usual action; {@link Problem#action()} is the one of a particular case. */
    public Action action() {
        return action;
    }
}
