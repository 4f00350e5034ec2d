package io.portcullis.domain.error;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why the gateway says no, with the members that its answer shows. One place writes it to the wire. */
public sealed interface Problem {
    /** A member of the request that is missing or has the wrong type or form; {@code field} is its name as the client knows it. */
    record FieldError(String field, String message) {}

    record InvalidRequest(List<FieldError> fields) implements Problem {
        public InvalidRequest {
            fields = List.copyOf(fields);
        }

        public static InvalidRequest field(String field, String message) {
            return new InvalidRequest(List.of(new FieldError(field, message)));
        }
    }

    record AmbiguousPath() implements Problem {}

    record MethodNotAllowed(Set<String> allowed) implements Problem {}

    record MisdirectedRequest() implements Problem {}

    record AuthRequired() implements Problem {}

    record SessionExpired() implements Problem {}

    record InvalidCredentials() implements Problem {}

    /** A temp token that is unknown, expired or used; {@code restart} says which of the two processes starts over. */
    record TokenInvalid(Action restart) implements Problem {}

    record InvalidCode(int remainingAttempts) implements Problem {}

    record CodeAlreadyUsed() implements Problem {}

    record CodeExpired() implements Problem {}

    /** {@code methods} is empty unless the rule counts only some of them. */
    record TwoFactorMandatory(List<String> methods) implements Problem {}

    /** {@code methods} would do; {@code maxAge} is the rule's, where it has one. */
    record TwoFactorRequired(List<String> methods, Optional<Duration> maxAge) implements Problem {}

    record ReauthenticationRequired() implements Problem {}

    record Forbidden() implements Problem {}

    record NoRoute() implements Problem {}

    record SetupNotStarted() implements Problem {}

    record AlreadyEnabled() implements Problem {}

    /** {@code limit} in bytes. */
    record BodyTooLarge(long limit) implements Problem {}

    /** {@code retryAfter} is empty where only an operator can unlock. */
    record AccountLocked(Optional<Duration> retryAfter) implements Problem {}

    /**
     * More often than the policy of this name allows: {@code limit} in any {@code window}.
     *
     * @param retryAfter until one more is allowed; more than zero
     */
    record RateLimited(String policy, int limit, Duration window, Duration retryAfter) implements Problem {}

    /** A bug of ours: logged with the request id, told without detail. */
    record Unexpected() implements Problem {}

    record UpstreamUnavailable() implements Problem {}

    record UpstreamTimeout() implements Problem {}

    record MailUnavailable() implements Problem {}

    record StoreUnavailable() implements Problem {}

    default ErrorCode code() {
        return switch (this) {
            case InvalidRequest p -> ErrorCode.INVALID_REQUEST;
            case AmbiguousPath p -> ErrorCode.AMBIGUOUS_PATH;
            case MethodNotAllowed p -> ErrorCode.METHOD_NOT_ALLOWED;
            case MisdirectedRequest p -> ErrorCode.MISDIRECTED_REQUEST;
            case AuthRequired p -> ErrorCode.AUTH_REQUIRED;
            case SessionExpired p -> ErrorCode.SESSION_EXPIRED;
            case InvalidCredentials p -> ErrorCode.INVALID_CREDENTIALS;
            case TokenInvalid p -> ErrorCode.TOKEN_INVALID;
            case InvalidCode p -> ErrorCode.INVALID_CODE;
            case CodeAlreadyUsed p -> ErrorCode.CODE_ALREADY_USED;
            case CodeExpired p -> ErrorCode.CODE_EXPIRED;
            case TwoFactorMandatory p -> ErrorCode.TWO_FACTOR_MANDATORY;
            case TwoFactorRequired p -> ErrorCode.TWO_FACTOR_REQUIRED;
            case ReauthenticationRequired p -> ErrorCode.REAUTHENTICATION_REQUIRED;
            case Forbidden p -> ErrorCode.FORBIDDEN;
            case NoRoute p -> ErrorCode.NO_ROUTE;
            case SetupNotStarted p -> ErrorCode.SETUP_NOT_STARTED;
            case AlreadyEnabled p -> ErrorCode.ALREADY_ENABLED;
            case BodyTooLarge p -> ErrorCode.BODY_TOO_LARGE;
            case AccountLocked p -> ErrorCode.ACCOUNT_LOCKED;
            case RateLimited p -> ErrorCode.RATE_LIMITED;
            case Unexpected p -> ErrorCode.INTERNAL_ERROR;
            case UpstreamUnavailable p -> ErrorCode.UPSTREAM_UNAVAILABLE;
            case UpstreamTimeout p -> ErrorCode.UPSTREAM_TIMEOUT;
            case MailUnavailable p -> ErrorCode.MAIL_UNAVAILABLE;
            case StoreUnavailable p -> ErrorCode.STORE_UNAVAILABLE;
        };
    }

    default Action action() {
        return this instanceof TokenInvalid invalid ? invalid.restart() : code().action();
    }
}
