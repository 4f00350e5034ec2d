package io.portcullis.testing.frontend;

import io.portcullis.testing.Answer;
import io.portcullis.testing.App;
import io.portcullis.testing.TestClock;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The frontend of {@code better-auth}: it looks at {@code success} and never at the status, keeps one {@code verificationToken},
 * whatever that is for, and a bearer. Its login is that of the gateway.
 */
public final class BetterAuthFrontend {
    public static final String MFA = "/api/v1/better-auth/mfa";

    private final Fetch fetch;
    private final TestClock clock;
    private Screen screen = Screen.FIRST;
    private Optional<String> verificationToken = Optional.empty();
    private Optional<App> app = Optional.empty();
    private List<String> backupCodes = List.of();
    private JsonObject user = new JsonObject();

    private BetterAuthFrontend(Fetch fetch, TestClock clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    public static BetterAuthFrontend at(int port, TestClock clock) {
        return new BetterAuthFrontend(Fetch.at(port), clock);
    }

    /** {@code POST /auth/login}, which has no envelope. */
    public Answer login(String email, String password) {
        return began(fetch.post("/auth/login", JsonObject.of("email", email, "password", password)));
    }

    /** After a login, whoever answered it. */
    public Answer began(Answer answer) {
        var body = answer.json();
        if (body.getBoolean("success", true)) {
            if (body.getBoolean("mfaRequired", false)) {
                verificationToken = Optional.of(body.getString("mfaTempToken"));
                screen = screen.showing(Page.VERIFY, "");
            } else {
                entered(body);
                screen = screen.showing(Page.HOME, "");
            }
        } else {
            screen = screen.refused(body.getJsonObject("error"), body.getString("message"));
        }
        return answer;
    }

    public Answer setUp() {
        return read(fetch.post(MFA + "/setup"), Page.SCAN, data -> {
            verificationToken = Optional.of(data.getString("verificationToken"));
            app = Optional.of(new App(data.getString("secret"), clock));
        });
    }

    /** Sends the token that it keeps, be it of a set-up or of a login. */
    public Answer verify(String code) {
        return verify(new JsonObject()
                .put("verificationToken", verificationToken.orElse(null))
                .put("verificationCode", code));
    }

    public Answer verify(JsonObject form) {
        return read(fetch.post(MFA + "/verify", form), Page.HOME, data -> {
            if (data.containsKey("token")) {
                entered(data);
            }
            if (data.containsKey("backupCodes")) {
                backupCodes = data.getJsonArray("backupCodes").stream()
                        .map(String.class::cast)
                        .toList();
            }
            user = data.getJsonObject("user");
            verificationToken = Optional.empty();
        });
    }

    /** {@code form}: {@code password} or {@code verificationCode}; the form on the page has both fields, one of them left blank. */
    public Answer disable(JsonObject form) {
        return read(fetch.post(MFA + "/disable", form), Page.SET_UP, data -> user = data.getJsonObject("user"));
    }

    public Answer disableByPassword(String password) {
        return disable(JsonObject.of("password", password, "verificationCode", ""));
    }

    public Answer disableByCode(String code) {
        return disable(JsonObject.of("password", "", "verificationCode", code));
    }

    public JsonObject status() {
        return fetch.get(MFA + "/status").json().getJsonObject("data");
    }

    /** The dashboard; what the backend answers has no envelope. */
    public Answer metrics() {
        var answer = fetch.get("/admin/metrics");
        var body = answer.json();
        screen = body.getBoolean("success", true)
                ? screen.showing(Page.HOME, "")
                : screen.refused(body.getJsonObject("error"), body.getString("message"));
        return answer;
    }

    /** {@code POST /auth/logout}; the page forgets what it kept. */
    public Answer logout() {
        var answer = fetch.post("/auth/logout");
        fetch.forgetBearer();
        verificationToken = Optional.empty();
        screen = Screen.FIRST;
        return answer;
    }

    private void entered(JsonObject data) {
        fetch.bearer(data.getString("token"));
        user = data.getJsonObject("user");
    }

    private Answer read(Answer answer, Page next, Consumer<JsonObject> onData) {
        var body = answer.json();
        if (body.getBoolean("success")) {
            screen = screen.showing(next, body.getString("message"));
            onData.accept(body.getJsonObject("data"));
        } else {
            screen = screen.refused(body.getJsonObject("error"), body.getString("message"));
        }
        return answer;
    }

    public Screen screen() {
        return screen;
    }

    public Page page() {
        return screen.page();
    }

    public Fetch fetch() {
        return fetch;
    }

    public String verificationToken() {
        return verificationToken.orElseThrow();
    }

    /** What another page left in its memory. */
    public void keepVerificationToken(String token) {
        verificationToken = Optional.of(token);
    }

    public App app() {
        return app.orElseThrow();
    }

    public List<String> backupCodes() {
        return backupCodes;
    }

    public JsonObject user() {
        return user;
    }
}
