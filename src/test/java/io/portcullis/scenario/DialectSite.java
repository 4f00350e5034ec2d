package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.AnsweringServer;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.frontend.Fetch;
import io.portcullis.testing.legacy.LegacyProcess;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Two instances that speak every dialect, and people who come in by either of two doors. */
final class DialectSite implements AutoCloseable {
    static final String PASSWORD = "correct horse é";

    /** Of {@link #PASSWORD}. */
    private static final String BCRYPT = "$2y$05$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK";

    private static final String FORM = "application/x-www-form-urlencoded";

    /** How somebody logs in, and what says afterwards who they are. */
    enum Door {
        /** The gateway's own login, for people of a directory: its session cookie. */
        OWN,
        /** A form of the legacy backend, which the gateway watches: an opaque cookie of the backend. */
        LEGACY
    }

    private final OwnDatabase directory = OwnDatabase.empty();
    private final AnsweringServer admin = new AnsweringServer();
    private final LegacyProcess forms;
    private final TestGateway gateway;
    private final Iterator<String> legacyNames =
            List.of("uma", "tina", "sam", "rita", "quinn", "pia").iterator();
    private int newcomers;

    DialectSite() throws Exception {
        directory.tamper("CREATE TABLE admins (id bigint PRIMARY KEY, email text, role text, password text)");
        admin.answers(200, "{\"visitors\":1}");
        forms = LegacyProcess.start("form");
        gateway = TestGateway.by(
                "dialects.yaml",
                Map.of(
                        "LEGACY_DB",
                        directory.url(),
                        "ADMIN_URL",
                        admin.url(),
                        "FORMS_URL",
                        "http://127.0.0.1:" + forms.port()));
    }

    TestGateway gateway() {
        return gateway;
    }

    /** The e-mail of somebody of the directory whom nobody has met. */
    String newcomer() {
        int id = ++newcomers;
        var email = gateway.realm() + "-" + id + "@example.com";
        directory.tamper("INSERT INTO admins VALUES (" + id + ", '" + email + "', 'admin', '" + BCRYPT + "')");
        return email;
    }

    String newcomer(Door door) {
        return door == Door.OWN ? newcomer() : legacyNames.next() + "@example.com";
    }

    /** A browser of its own, in which somebody of the directory has typed the password. */
    Fetch login(String email) {
        var fetch = Fetch.at(gateway.port());
        var answer = fetch.post("/auth/login", JsonObject.of("email", email, "password", PASSWORD));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return fetch;
    }

    Fetch login(Door door, String email) {
        return door == Door.OWN ? login(email) : legacyLogin(email);
    }

    private Fetch legacyLogin(String email) {
        var name = email.substring(0, email.indexOf('@'));
        var answer = gateway.nobody()
                .post("/app/login", FORM, "email=" + encoded(email) + "&password=" + encoded("password of " + name));
        assertThat(answer.status()).as(answer.toString()).isIn(302, 303); // the backend leads on, or to the verify page
        var fetch = Fetch.at(gateway.port());
        for (var cookie : answer.headers("Set-Cookie")) {
            var pair = cookie.split(";", 2)[0].split("=", 2);
            fetch.keep(pair[0], pair[1]);
        }
        return fetch;
    }

    /** Logs out in this browser. */
    static void logout(Fetch page) {
        assertThat(page.post("/auth/logout").status()).isEqualTo(204);
    }

    /** What {@code /admin/metrics} says to a browser, on both instances. */
    String metrics(Fetch page) {
        page.moveTo(gateway.secondPort());
        var there = page.get("/admin/metrics");
        page.moveTo(gateway.port());
        var here = page.get("/admin/metrics");
        assertThat(there.code()).isEqualTo(here.code());
        return here.code();
    }

    /** The code in the next mail to somebody that brings one. */
    String mailedCode(String email) {
        return gateway.mails().awaitCode(email);
    }

    /** Every request that only a page of another site would send with these cookies, and every body that only a form would send. */
    void refusesOtherSites(Fetch page, String cookie, List<String> paths) {
        var person = gateway.nobody().with("Cookie", cookie + "=" + page.cookie(cookie));
        for (var path : paths) {
            for (var hostile : List.of(
                    person.with("Origin", "https://evil.example"),
                    person.with("Origin", "null"),
                    person.with("Sec-Fetch-Site", "cross-site"),
                    person.with("Origin", "https://evil.example").at(gateway.secondPort()))) {
                forbidden(path, hostile.post(path));
                forbidden(path, hostile.post(path, JsonObject.of("code", "123456")));
                forbidden(path, hostile.post(path, "text/plain", "{\"code\":\"123456\"}"));
            }
            for (var type : List.of(FORM, "text/plain", "multipart/form-data; boundary=x")) {
                malformed(path, person.post(path, type, "code=123456"));
            }
        }
    }

    private static void forbidden(String path, Answer answer) {
        assertThat(answer.status()).as(path).isEqualTo(403);
        assertThat(answer.code()).as(path).isEqualTo("FORBIDDEN");
        assertThat(answer.headers("Set-Cookie")).isEmpty();
    }

    private static void malformed(String path, Answer answer) {
        assertThat(answer.status()).as(path).isEqualTo(400);
        assertThat(answer.code()).as(path).isEqualTo("INVALID_REQUEST");
    }

    /** Somebody with a token of the gateway's own as a bearer. */
    Person byBearer(String email) {
        var answer = gateway.nobody().post("/auth/login", JsonObject.of("email", email, "password", PASSWORD));
        return gateway.nobody().holding(answer.string("/token"), answer.string("/user/id"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        gateway.close();
        forms.close();
        admin.close();
        directory.close();
    }
}
