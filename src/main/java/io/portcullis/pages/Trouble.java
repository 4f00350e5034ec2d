package io.portcullis.pages;

import io.portcullis.domain.error.ErrorCode;
import io.portcullis.domain.error.Problem;
import io.portcullis.http.RateLimitFields;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A problem as templates show it: what it is, what to do, how long to wait, what is left. */
final class Trouble {
    /** There is none. */
    static final Map<String, Object> NONE = Map.of();

    /** Those that have words of their own. */
    private static final Set<String> FIELDS = Set.of("email", "password", "code", "method");

    private static final String CODE = "code";

    private Trouble() {}

    /** What a page says that has this model; empty where there is nothing wrong. */
    static Optional<ErrorCode> told(Map<String, Object> model) {
        return model.get("problem") instanceof Map<?, ?> problem && problem.get(CODE) instanceof ErrorCode code
                ? Optional.of(code)
                : Optional.empty();
    }

    /**
     * {@code key} of its words; {@code action}; {@code field} that is not as it should be, empty for none; whether what was typed in is
     * {@code wrong}; {@code seconds} to wait and {@code attempts} left, -1 for none.
     */
    static Map<String, Object> of(Problem problem) {
        var model = new HashMap<String, Object>();
        model.put(CODE, problem.code());
        model.put("key", problem.code().wire());
        model.put("action", problem.action().name());
        model.put("seconds", wait(problem).map(RateLimitFields::seconds).orElse(-1L));
        model.put("attempts", problem instanceof Problem.InvalidCode wrong ? wrong.remainingAttempts() : -1);
        model.put("field", field(problem));
        model.put("wrong", isOfInput(problem));
        return model;
    }

    /** Whether what was typed in is to be mended; else a field is not to blame. */
    private static boolean isOfInput(Problem problem) {
        return switch (problem.action()) {
            case RETRY -> problem.code().status() < 500;
            case FIX_REQUEST, WAIT_FOR_NEXT_CODE, RESEND_CODE -> true;
            default -> false;
        };
    }

    private static Optional<Duration> wait(Problem problem) {
        return switch (problem) {
            case Problem.AccountLocked locked -> locked.retryAfter();
            case Problem.RateLimited limited -> Optional.of(limited.retryAfter());
            default -> Optional.empty();
        };
    }

    private static String field(Problem problem) {
        return problem instanceof Problem.InvalidRequest invalid
                ? invalid.fields().stream()
                        .map(Problem.FieldError::field)
                        .filter(FIELDS::contains)
                        .findFirst()
                        .orElse("")
                : "";
    }
}
