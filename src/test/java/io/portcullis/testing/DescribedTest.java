package io.portcullis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.dialect.DialectFile;
import io.portcullis.dialect.Dialects;
import io.portcullis.dialect.OpenApi;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What holds all answers against their description lets nothing else pass. */
class DescribedTest {
    private static final Described DESCRIBED = new Described(new OpenApi("1", "https://admin.example.com", "portcullis")
            .of(Dialects.with(
                    Dialects.SHIPPED.stream().map(DialectFile::builtIn).toList())));
    private static final JsonObject CREDENTIALS = JsonObject.of("email", "alice@example.com", "password", "secret");

    private static JsonObject loggedIn() {
        return JsonObject.of(
                "token",
                "t",
                "user",
                JsonObject.of(
                        "id",
                        "1",
                        "email",
                        null,
                        "role",
                        "admin",
                        "twoFAEnabled",
                        false,
                        "twoFactorEnabled",
                        false,
                        "mfaState",
                        "DISABLED"));
    }

    private static Exchange login(JsonObject request, int status, String type, String answer) {
        return new Exchange(
                "POST", "/auth/login", "application/json", request.encode(), status, Set.of(), type, answer);
    }

    private static Exchange login(UnaryOperator<JsonObject> change) {
        return login(
                CREDENTIALS, 200, "application/json", change.apply(loggedIn()).encode());
    }

    @Test
    void letsPassWhatIsDescribed() {
        assertThatCode(() -> DESCRIBED.check(login(body -> body))).doesNotThrowAnyException();
        assertThatCode(() -> DESCRIBED.check(login(body -> body.put("recoveryCodesRemaining", 9))))
                .doesNotThrowAnyException();
    }

    @Test
    void aMemberMore() {
        refused(login(body -> body.put("password", "secret")), "password");
    }

    @Test
    void aMemberLess() {
        refused(login(body -> JsonObject.of("token", "t")), "user");
    }

    @Test
    void aWrongType() {
        refused(login(body -> body.put("recoveryCodesRemaining", "9")), "recoveryCodesRemaining");
    }

    @Test
    void aTextThatThereIsNot() {
        var body = loggedIn();
        body.getJsonObject("user").put("mfaState", "enabled");
        refused(login(same -> body), "mfaState");
    }

    @Test
    void aStatusThatIsNotDescribed() {
        refused(login(CREDENTIALS, 201, "application/json", loggedIn().encode()), "status");
    }

    @Test
    void anotherContentType() {
        refused(login(CREDENTIALS, 200, "text/html", "<p>"), "text/html");
    }

    @Test
    void anErrorWithTheCodeOfAnotherStatus() {
        var error = JsonObject.of("code", "INVALID_CODE", "message", "m", "action", "RETRY");
        var body =
                JsonObject.of("success", false, "message", "m", "error", error).encode();
        assertThatCode(() -> DESCRIBED.check(login(CREDENTIALS, 400, "application/json", body)))
                .doesNotThrowAnyException();
        refused(login(CREDENTIALS, 401, "application/json", body), "code");
    }

    @Test
    void aLimitThatDoesNotSayWhenItEnds() {
        refused(login(CREDENTIALS, 429, "application/json", "{}"), "Retry-After");
    }

    @Test
    void aRequestThatIsTakenThoughItIsNotDescribed() {
        refused(
                login(
                        JsonObject.of("email", "a"),
                        200,
                        "application/json",
                        loggedIn().encode()),
                "password");
        refused(
                login(
                        CREDENTIALS.copy().put("email", 1),
                        200,
                        "application/json",
                        loggedIn().encode()),
                "email");
    }

    @Test
    void aBodyWhereNoneIsDescribed() {
        var answer = new Exchange("POST", "/auth/logout", "", "", 204, Set.of(), "application/json", "{}");
        refused(answer, "no body");
    }

    /** What a backend said may be anything, but not what we say where it could have. */
    @Test
    void anAnswerOfOursIsNotTakenForOneOfABackend() {
        var fromBackend = verified("{\"anything\":1}");
        assertThatCode(() -> DESCRIBED.check(fromBackend)).doesNotThrowAnyException();
        assertThatCode(() -> DESCRIBED.check(verified(loggedIn().encode()))).doesNotThrowAnyException();
        refused(verified(loggedIn().put("more", 1).encode()), "more");
    }

    private static Exchange verified(String answer) {
        return new Exchange(
                "POST",
                "/auth/mfa/verify",
                "application/json",
                "{\"code\":\"123456\"}",
                200,
                Set.of(),
                "application/json",
                answer);
    }

    @Test
    void aTemplateOfAPathIsFoundByItsValue() {
        var revoked = new Exchange("DELETE", "/auth/sessions/abc", "", "", 200, Set.of(), "application/json", "{}");
        refused(revoked, "status");
    }

    private static void refused(Exchange exchange, String because) {
        assertThatThrownBy(() -> DESCRIBED.check(exchange))
                .isInstanceOf(AssertionError.class)
                .satisfies(error -> assertThat(String.valueOf(error.getMessage()))
                        .contains(exchange.path())
                        .contains(because));
    }
}
