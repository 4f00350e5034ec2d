package io.portcullis.testing.frontend;

import io.portcullis.testing.Answer;
import io.portcullis.testing.App;
import io.portcullis.testing.TestClock;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The frontend of {@code three-state}, made for FastAPI: it looks at the status, shows {@code detail}, writes snake_case and keeps
 * a bearer and nothing else.
 */
public final class ThreeStateFrontend {
    public static final String AUTH = "/api/v1/auth";

    private final Fetch fetch;
    private final TestClock clock;
    private Screen screen = Screen.FIRST;
    private Optional<String> mfaToken = Optional.empty();
    private Optional<String> accessToken = Optional.empty();
    private Optional<App> app = Optional.empty();
    private List<String> recoveryCodes = List.of();

    private ThreeStateFrontend(Fetch fetch, TestClock clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    public static ThreeStateFrontend at(int port, TestClock clock) {
        return new ThreeStateFrontend(Fetch.at(port), clock);
    }

    public Answer login(String email, String password) {
        return login(JsonObject.of("email", email, "password", password));
    }

    /** {@code email}, {@code password}, and maybe {@code totp_code}. */
    public Answer login(JsonObject form) {
        return read(fetch.post(AUTH + "/login", form), Page.HOME, body -> {
            if (body.getBoolean("mfa_required", false)) {
                mfaToken = Optional.of(body.getString("mfa_token"));
                screen = screen.showing(Page.VERIFY, "");
            } else {
                entered(body);
            }
        });
    }

    public Answer verify(String code) {
        return verify(new JsonObject().put("mfa_token", mfaToken.orElse(null)).put("token", code));
    }

    public Answer verify(JsonObject form) {
        return read(fetch.post(AUTH + "/verify-mfa", form), Page.HOME, body -> {
            if (body.containsKey("access_token")) {
                entered(body);
            }
        });
    }

    public Answer enable() {
        return read(
                fetch.post(AUTH + "/enable-mfa"),
                Page.SCAN,
                body -> app = Optional.of(new App(body.getString("secret"), clock)));
    }

    public Answer confirm(String code) {
        return confirm(JsonObject.of("token", code));
    }

    public Answer confirm(JsonObject form) {
        return read(
                fetch.post(AUTH + "/confirm-mfa", form),
                Page.HOME,
                body -> recoveryCodes = body.getJsonArray("recovery_codes").stream()
                        .map(String.class::cast)
                        .toList());
    }

    public Answer disable(String password) {
        return disable(JsonObject.of("password", password));
    }

    public Answer disable(JsonObject form) {
        return read(fetch.post(AUTH + "/disable-mfa", form), Page.SET_UP, body -> {});
    }

    public Answer metrics() {
        return read(fetch.get("/admin/metrics"), Page.HOME, body -> {});
    }

    /** The page forgets what it kept. */
    public Answer logout() {
        var answer = read(fetch.post(AUTH + "/logout"), Page.LOGIN, body -> {});
        fetch.forgetBearer();
        accessToken = Optional.empty();
        mfaToken = Optional.empty();
        return answer;
    }

    private void entered(JsonObject body) {
        if (!body.getString("token_type").equals("bearer")) {
            throw new AssertionError("no bearer: " + body.getString("token_type"));
        }
        accessToken = Optional.of(body.getString("access_token"));
        fetch.bearer(body.getString("access_token"));
        mfaToken = Optional.empty();
    }

    /** Errors of the gate itself have no {@code detail}: they are told as any other page's. */
    private Answer read(Answer answer, Page next, Consumer<JsonObject> onBody) {
        var body = answer.json();
        if (answer.status() < 400) {
            screen = screen.showing(next, body.getString("message", ""));
            onBody.accept(body);
        } else {
            screen = screen.refused(body.getJsonObject("error"), body.getString("detail", body.getString("message")));
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

    public String mfaToken() {
        return mfaToken.orElseThrow();
    }

    public String accessToken() {
        return accessToken.orElseThrow();
    }

    /** What another page left in its memory. */
    public void keepMfaToken(String token) {
        mfaToken = Optional.of(token);
    }

    public App app() {
        return app.orElseThrow();
    }

    public List<String> recoveryCodes() {
        return recoveryCodes;
    }
}
