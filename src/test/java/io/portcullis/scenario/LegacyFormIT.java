package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Person;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** An HTML form and an opaque session cookie, whose owner the backend names when it is asked. */
class LegacyFormIT extends LegacyDoors {
    private static final String FORM = "application/x-www-form-urlencoded";

    LegacyFormIT() {
        super("form");
    }

    @Override
    Answer login(Person somebody, String path, String name, String password) {
        return somebody.post(path, FORM, form(name, password));
    }

    @Override
    Answer refresh(Person somebody, Answer login) {
        return somebody.with("Cookie", login.cookie("remember")).post("/app/refresh");
    }

    @Override
    Answer reset(Person somebody, String name, String password) {
        return somebody.post("/app/reset", FORM, form(name, password));
    }

    @Override
    Answer legacyLogout(Person person) {
        return person.get("/app/logout");
    }

    @Override
    Person holding(Person person, Answer answer) {
        return person.with("Cookie", answer.cookie("LEGACYSESS"));
    }

    @Override
    int failed() {
        return 302;
    }

    @Override
    boolean leadsToThePage() {
        return true;
    }

    @Test
    void afterTheCodeAPersonGoesWhereTheLoginLed() {
        var nobody = gateway().nobody();
        holding(nobody, login(nobody, "leo")).enrolled();
        assertThat(login(nobody, "leo").header("Location"))
                .contains("https://admin.example.com/verify?next=%2Fapp%2Fdashboard");
        var script = login(nobody.with("Accept", "application/json"), "leo");
        assertThat(script.json("/mfaRequired")).isEqualTo(true);
        var fetch = login(nobody.with("Sec-Fetch-Mode", "cors"), "leo");
        assertThat(fetch.json("/mfaRequired")).isEqualTo(true);
    }

    @Test
    void aWrongEmailShowsTheFormWithoutASession() {
        var page = gateway().nobody().post(LOGIN, FORM, "email=nobody%40x.org&password=x");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Nobody has this e-mail.");
        assertThat(page.headers("Set-Cookie")).isEmpty();
    }

    /** Whoever planted the cookie in the browser would have the session, at the backend too: it is logged out there. */
    @Test
    void aSessionThatTheBrowserBroughtIsNeverAdopted() {
        var planted = gateway().nobody().with("Cookie", "LEGACYSESS=planted");
        var answer = planted.post(LOGIN, FORM, form("mia", "password of mia") + "&keep=1");
        assertThat(answer.code()).isEqualTo("UPSTREAM_UNAVAILABLE");
        assertThat(answer.headers("Set-Cookie")).isEmpty();
        assertThat(planted.at(backend().port()).get("/me").status()).isEqualTo(401);
        assertThat(planted.get(METRICS).status()).isGreaterThanOrEqualTo(400);
    }

    /** A backend that keeps the id of a session lets somebody else in under it: what was proved with it is over before. */
    @Test
    void aLoginEndsTheSessionOfTheCookieThatItBrings() {
        var nobody = gateway().nobody();
        var rita = holding(nobody, login(nobody, "rita")).enrolled();
        assertEverywhere(rita, "200");
        assertThat(rita.post(LOGIN, FORM, form("mia", "password of mia") + "&keep=1")
                        .code())
                .isEqualTo("UPSTREAM_UNAVAILABLE");
        assertEverywhere(rita, "AUTH_REQUIRED");
    }

    /** Programs percent-decode cookies: another spelling of one that was ended is the same credential. */
    @Test
    void anEndedSessionIsEndedInEverySpelling() {
        var nobody = gateway().nobody();
        var pia = holding(nobody, login(nobody, "pia")).enrolled();
        var value = backend().secrets().getFirst();
        var spelled = "%%%02X%s".formatted((int) value.charAt(0), value.substring(1));
        var inOtherLetters = nobody.with("Cookie", "LEGACYSESS=" + spelled);
        assertThat(inOtherLetters.get(METRICS).status()).isEqualTo(200); // the same one for the backend, and here
        assertThat(pia.logout().status()).isEqualTo(204);
        assertThat(inOtherLetters.get(METRICS).code()).isEqualTo("AUTH_REQUIRED");
        assertThat(inOtherLetters.get("/auth/me").status()).isEqualTo(401);
    }

    @Test
    void aCookieFromBeforeTheLoginDoesNotMatter() {
        var nobody = gateway().nobody();
        var login = login(nobody.with("Cookie", "LEGACYSESS=from-the-login-page"), "noa");
        assertIsTheBackends(login);
        assertEverywhere(holding(nobody, login), "2FA_MANDATORY");
    }

    @Test
    void theGatewaysOwnLoginFillsInTheFormAndHandsOverTheCookie() {
        var nobody = gateway().nobody();
        var form = JsonObject.of("email", "olga@example.com", "password", "password of olga");
        var first = nobody.post("/auth/login", form);
        assertThat(first.json("/user/email")).isEqualTo("olga@example.com");
        assertThat(first.headers("Set-Cookie")).containsExactly(sessionCookie());
        var olga = holding(nobody, first).enrolled();
        assertEverywhere(olga, "200");

        var withheld = nobody.post("/auth/login", form);
        assertThat(withheld.json("/mfaRequired")).isEqualTo(true);
        assertThat(backend().secrets())
                .allSatisfy(secret -> assertThat(withheld.toString()).doesNotContain(secret));
        var verified = halfway(nobody, withheld).verify(olga.app().nextCode());
        assertThat(verified.headers("Set-Cookie")).contains(sessionCookie());
        assertEverywhere(holding(nobody, verified), "200");

        form.put("password", "guess");
        assertThat(nobody.post("/auth/login", form).code()).isEqualTo("INVALID_CREDENTIALS");
    }

    private String sessionCookie() {
        return "LEGACYSESS=" + backend().secrets().getFirst() + "; Path=/; HttpOnly";
    }

    private static String form(String name, String password) {
        return "email=" + encoded(name + "@example.com") + "&password=" + encoded(password);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
