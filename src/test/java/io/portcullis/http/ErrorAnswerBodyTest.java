package io.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.ErrorCode;
import io.portcullis.domain.error.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorAnswerBodyTest {
    @Test
    void the2faMandatoryBodyIsTheSampleOfTheContractMemberForMember() {
        var body = ErrorAnswer.body(new Problem.TwoFactorMandatory(List.of()), "request-1", Locale.ENGLISH);
        assertThat(body.encodePrettily().replaceAll("\\s*\\n\\s*", "").replace("\" : ", "\": "))
                .isEqualTo("""
                        {
                        "success": false,
                        "message": "2FA is mandatory for admin accounts",
                        "error": {
                        "code": "2FA_MANDATORY",
                        "message": "Two-factor authentication is mandatory for all admin accounts. Please enable 2FA in your settings before accessing the admin dashboard.",
                        "action": "ENABLE_2FA"
                        }
                        }""".replace("\n", ""));
    }

    @Test
    void itNamesTheMethodsWhereTheRuleCountsOnlySome() {
        var error = error(new Problem.TwoFactorMandatory(List.of("email", "webauthn")));
        assertThat(error.fieldNames()).containsExactly("code", "message", "action", "methods");
        assertThat(error.getJsonArray("methods")).isEqualTo(JsonArray.of("email", "webauthn"));
    }

    /** The contract's table of errors; {@code INTERNAL_ERROR} is ours. */
    static Stream<Arguments> problems() {
        return Stream.of(
                told(Problem.InvalidRequest.field("code", "is missing"), 400, "INVALID_REQUEST", "FIX_REQUEST", """
                        "fields":[{"field":"code","message":"is missing"}]"""),
                told(new Problem.AmbiguousPath(), 400, "AMBIGUOUS_PATH", "NONE", ""),
                told(new Problem.MethodNotAllowed(Set.of("GET")), 405, "METHOD_NOT_ALLOWED", "NONE", ""),
                told(new Problem.MisdirectedRequest(), 421, "MISDIRECTED_REQUEST", "NONE", ""),
                told(new Problem.AuthRequired(), 401, "AUTH_REQUIRED", "LOGIN", ""),
                told(new Problem.SessionExpired(), 401, "SESSION_EXPIRED", "LOGIN", ""),
                told(new Problem.InvalidCredentials(), 401, "INVALID_CREDENTIALS", "RETRY", ""),
                told(new Problem.TokenInvalid(Action.RESTART_LOGIN), 401, "TOKEN_INVALID", "RESTART_LOGIN", ""),
                told(new Problem.TokenInvalid(Action.RESTART_SETUP), 401, "TOKEN_INVALID", "RESTART_SETUP", ""),
                told(new Problem.InvalidCode(3), 400, "INVALID_CODE", "RETRY", "\"remainingAttempts\":3"),
                told(new Problem.CodeAlreadyUsed(), 400, "CODE_ALREADY_USED", "WAIT_FOR_NEXT_CODE", ""),
                told(new Problem.CodeExpired(), 400, "CODE_EXPIRED", "RESEND_CODE", ""),
                told(
                        new Problem.TwoFactorRequired(List.of("totp"), Optional.of(Duration.ofHours(12))),
                        403,
                        "2FA_REQUIRED",
                        "VERIFY_2FA",
                        "\"methods\":[\"totp\"]"),
                told(new Problem.ReauthenticationRequired(), 403, "REAUTHENTICATION_REQUIRED", "REAUTHENTICATE", ""),
                told(new Problem.Forbidden(), 403, "FORBIDDEN", "NONE", ""),
                told(new Problem.NoRoute(), 404, "NO_ROUTE", "NONE", ""),
                told(new Problem.SetupNotStarted(), 409, "SETUP_NOT_STARTED", "START_SETUP", ""),
                told(new Problem.AlreadyEnabled(), 409, "ALREADY_ENABLED", "NONE", ""),
                told(
                        new Problem.BodyTooLarge(65536),
                        413,
                        "BODY_TOO_LARGE",
                        "FIX_REQUEST",
                        "\"fields\":[{\"field\":\"body\",\"message\":\"has more than 65536 bytes\"}]"),
                told(
                        new Problem.AccountLocked(Optional.of(Duration.ofMillis(899_001))),
                        423,
                        "ACCOUNT_LOCKED",
                        "WAIT",
                        "\"retryAfterSeconds\":900"),
                told(new Problem.AccountLocked(Optional.empty()), 423, "ACCOUNT_LOCKED", "WAIT", ""),
                told(
                        new Problem.RateLimited("sendCode", 5, Duration.ofHours(1), Duration.ofMillis(29_001)),
                        429,
                        "RATE_LIMITED",
                        "WAIT",
                        "\"retryAfterSeconds\":30"),
                told(new Problem.Unexpected(), 500, "INTERNAL_ERROR", "RETRY", ""),
                told(new Problem.UpstreamUnavailable(), 502, "UPSTREAM_UNAVAILABLE", "RETRY", ""),
                told(new Problem.MailUnavailable(), 503, "MAIL_UNAVAILABLE", "RETRY", ""),
                told(new Problem.StoreUnavailable(), 503, "STORE_UNAVAILABLE", "RETRY", ""),
                told(new Problem.UpstreamTimeout(), 504, "UPSTREAM_TIMEOUT", "RETRY", ""));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void everyProblemHasItsStatusCodeActionAndMembers(
            Problem problem, int status, String code, String action, String members) {
        assertThat(problem.code().status()).isEqualTo(status);
        var error = error(problem);
        assertThat(error.getString("code")).isEqualTo(code);
        assertThat(error.getString("action")).isEqualTo(action);
        assertThat(error.getString("message")).isNotBlank();
        assertThat(error.getString("requestId")).isEqualTo("request-1");
        for (var usual : List.of("code", "message", "action", "requestId")) {
            error.remove(usual);
        }
        assertThat(error.encode()).isEqualTo("{" + members + "}");
    }

    @Test
    void theTableNamesEveryCode() {
        var named = Stream.concat(problems().map(row -> row.get()[2]), Stream.of("2FA_MANDATORY"))
                .toList();
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::wire))
                .allSatisfy(code -> assertThat(named).contains(code));
    }

    @Test
    void theLanguageChangesTextsAndNothingElse() {
        var problem = new Problem.SetupNotStarted();
        var english = ErrorAnswer.body(problem, "request-1", Locale.ENGLISH);
        var french = ErrorAnswer.body(problem, "request-1", Locale.FRENCH);
        assertThat(english.getString("message")).isEqualTo("Setup not started");
        assertThat(french.getString("message")).isEqualTo("Configuration non commencée");
        assertThat(french.getBoolean("success")).isFalse();
        assertThat(french.getJsonObject("error").getString("code")).isEqualTo("SETUP_NOT_STARTED");
        assertThat(french.getJsonObject("error").getString("action")).isEqualTo("START_SETUP");
    }

    private static Arguments told(Problem problem, int status, String code, String action, String members) {
        return Arguments.of(problem, status, code, action, members);
    }

    private static JsonObject error(Problem problem) {
        return ErrorAnswer.body(problem, "request-1", Locale.ENGLISH).getJsonObject("error");
    }
}
