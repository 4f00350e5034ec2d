package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Person;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every door by which a backend of a kind hands out a credential; behind each, the gate asks for the second factor. */
abstract class LegacyDoors extends LegacyWalk {
    /** Wherever some request could carry it. */
    private static final List<String> COOKIES = List.of("access_token", "LEGACYSESS", "remember", "refresh_token");

    LegacyDoors(String kind) {
        super(kind);
    }

    @Test
    void noSpellingOfTheLoginLeadsPastTheSecondFactor() {
        var nobody = gateway().nobody();
        holding(nobody, login(nobody, "judy")).enrolled();
        spellings(LOGIN).forEach(path -> {
            var answer = login(nobody, path, "judy", "password of judy");
            for (var secret : backend().secrets()) {
                assertThat(answer.toString()).as(path).doesNotContain(secret);
                assertOpensNothing(nobody, secret);
            }
        });
    }

    /** Nobody watches it, so it hands out a credential; it is one of one factor. */
    @Test
    void aDoorThatTheConfigDoesNotNameIsOneFactor() {
        var nobody = gateway().nobody();
        holding(nobody, login(nobody, "kim")).enrolled();
        var unwatched = login(nobody, "/v2/login", "kim", "password of kim");
        assertIsTheBackends(unwatched);
        assertEverywhere(holding(nobody, unwatched), "2FA_REQUIRED");
        backend().secrets().forEach(secret -> assertOpensNothing(nobody, secret));
    }

    @Test
    void anotherMethodAtTheLoginIsRefused() {
        var body = JsonObject.of("email", "judy@example.com");
        for (var path : List.of(LOGIN, "/app/refresh", "/app/reset")) {
            assertThat(gateway().nobody().send("PUT", path, body).code()).isEqualTo("METHOD_NOT_ALLOWED");
        }
    }

    /** Some backends read the query as well, or any type of body: they would let in another person than the gateway saw. */
    @Test
    void aLoginThatTwoServersCouldReadDifferentlyIsRefused() {
        var nobody = gateway().nobody();
        var before = backend().sent().text();
        for (var query : List.of("?email=judy@example.com", "?x=1&PASSWORD=x", "?user[email]=a", "?p%61ssword=x")) {
            var answer = login(nobody, LOGIN + query, "kim", "password of kim");
            assertThat(answer.code()).as(query).isEqualTo("INVALID_REQUEST");
        }
        for (var type :
                List.of("text/plain", "application/json; charset=utf-16", "application/xml", "multipart/form-data")) {
            assertThat(nobody.post(LOGIN, type, "{}").code()).as(type).isEqualTo("INVALID_REQUEST");
        }
        assertThat(login(nobody.with("Authorization", "Basic YTpi"), LOGIN, "kim", "password of kim")
                        .code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(login(nobody.with("Content-Encoding", "identity"), LOGIN, "kim", "password of kim")
                        .code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(nobody.get(LOGIN + "?email=kim@example.com&password=x").code())
                .isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(backend().sent().text()).isEqualTo(before);
    }

    /** Many a program reads a field in a cookie too: it would let in another person than the gateway saw. */
    @Test
    void noCookieStandsInForAFieldOfTheLogin() {
        var nobody = gateway().nobody();
        holding(nobody, login(nobody, "uma")).enrolled();
        for (var fields : List.of(
                "email=%s; password=%s",
                "EMAIL=%s; Password=%s",
                "e%%6Dail=%s; p%%61ssword=%s",
                "email[]=%s; password[]=%s",
                "a=1, email=%s; b=2,Password=%s",
                "=1, email=%s,password=%s",
                "a, email=%s, password=%s")) {
            var cookies = "theme=dark; " + fields.formatted("uma@example.com", "password%20of%20uma");
            var answer = login(nobody.with("Cookie", cookies), "tina");
            assertIsTheBackends(answer);
            assertThat(backend().sent().json("/cookie")).isEqualTo("theme=dark");
            assertThat(holding(nobody, answer).at(backend().port()).get("/me").json("/email"))
                    .as(fields)
                    .isEqualTo("tina@example.com");
        }
    }

    /** Else the person who sits there would verify a login of whoever made the page. */
    @Test
    void anotherSitesPageLeavesNoLoginInProgressInABrowser() {
        var nobody = gateway().nobody();
        holding(nobody, login(nobody, "quinn")).enrolled();
        for (var from :
                List.of(nobody.with("Origin", "https://evil.example"), nobody.with("Sec-Fetch-Site", "cross-site"))) {
            var answer = login(from, "quinn");
            assertThat(answer.headers("Set-Cookie")).isEmpty();
            backend().secrets().forEach(secret -> assertThat(answer.toString()).doesNotContain(secret));
        }
    }

    private static void assertOpensNothing(Person nobody, String secret) {
        assertThat(nobody.holding(secret).get(METRICS).status()).isGreaterThanOrEqualTo(400);
        for (var cookie : COOKIES) {
            assertThat(nobody.with("Cookie", cookie + "=" + secret).get(METRICS).status())
                    .isGreaterThanOrEqualTo(400);
        }
    }

    private static Stream<String> spellings(String path) {
        return Stream.of(
                path,
                path.toUpperCase(Locale.ROOT),
                "/" + path,
                path + "/",
                path + ";x=1",
                path + "?x=1",
                path.replace("/app", "/./app"),
                path.replace("/app", "/x/../app"),
                path.replace("a", "%61"),
                path.replace("/app/", "/app//"),
                path.replace("/app/", "/app%2f"));
    }
}
