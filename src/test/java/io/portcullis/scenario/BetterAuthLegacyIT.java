package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.App;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.frontend.BetterAuthFrontend;
import io.portcullis.testing.frontend.Fetch;
import io.portcullis.testing.frontend.Page;
import io.portcullis.testing.legacy.LegacyProcess;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A login of the legacy backend that was withheld, completed by the frontend of {@code better-auth}. */
class BetterAuthLegacyIT {
    private static final String LOGIN = "/app/login";
    private static final JsonObject ALICE =
            JsonObject.of("email", "alice@example.com", "password", "password of alice");

    private static TestGateway inFrontOf(LegacyProcess backend, String kind) {
        return TestGateway.inFrontOf(backend.port(), Map.of(), "legacy.yaml", "legacy-" + kind + ".yaml");
    }

    private static BetterAuthFrontend page(TestGateway gateway) {
        return BetterAuthFrontend.at(gateway.port(), gateway.clock());
    }

    private static App enrolled(BetterAuthFrontend page) {
        page.setUp();
        page.verify(page.app().code());
        assertThat(page.page()).isEqualTo(Page.HOME);
        return page.app();
    }

    private static void assertMetrics(TestGateway gateway, Fetch fetch, String expected) {
        for (int port : new int[] {gateway.secondPort(), gateway.port()}) {
            fetch.moveTo(port);
            assertThat(fetch.get("/admin/metrics").code()).isEqualTo(expected);
        }
    }

    @Test
    void theTokenIsTheBackends() throws Exception {
        try (var backend = LegacyProcess.start("json");
                var gateway = inFrontOf(backend, "json")) {
            var page = page(gateway);
            page.began(page.fetch().post(LOGIN, ALICE));
            assertMetrics(gateway, page.fetch(), "2FA_MANDATORY");
            var app = enrolled(page);
            assertMetrics(gateway, page.fetch(), "200");
            page.logout();

            page.began(page.fetch().post(LOGIN, ALICE));
            assertThat(page.page()).isEqualTo(Page.VERIFY);
            var handedOut = backend.sent();
            page.verify(app.wrongCode());
            assertThat(page.screen().attemptsLeft()).contains(4);
            var verified = page.verify(app.nextCode());
            assertShaped(verified, "token", "user");
            assertThat(verified.string("/data/token"))
                    .isEqualTo(new JsonObject(handedOut.string("/body")).getString("token"));
            assertThat(verified.headers("Set-Cookie")).anyMatch(cookie -> cookie.startsWith("remember="));
            var bearer = Fetch.at(gateway.port());
            bearer.bearer(verified.string("/data/token"));
            assertMetrics(gateway, bearer, "200");
        }
    }

    private static void assertShaped(Answer verified, String... members) {
        assertThat(verified.status()).isEqualTo(200);
        assertThat(verified.header("Content-Type")).contains("application/json");
        assertThat(verified.string("/message")).isEqualTo("MFA verification successful");
        assertThat(((JsonObject) verified.json("/data")).fieldNames()).containsExactlyInAnyOrder(members);
        assertThat(verified.json("/data/user/email")).isEqualTo("alice@example.com");
        assertThat(verified.json("/data/user/twoFAEnabled")).isEqualTo(true);
    }

    /** The backend's session lives in a cookie, so its cookies go along; its redirect does not. */
    @Test
    void theCookiesOfAFormLoginGoAlong() throws Exception {
        try (var backend = LegacyProcess.start("form");
                var gateway = inFrontOf(backend, "form")) {
            var first = gateway.nobody()
                    .post(
                            LOGIN,
                            "application/x-www-form-urlencoded",
                            "email=alice%40example.com&password=password+of+alice");
            assertThat(first.status()).isEqualTo(302);
            var page = page(gateway);
            first.headers("Set-Cookie").forEach(page.fetch()::take);
            var app = enrolled(page);

            page.fetch().clear();
            var nobody = gateway.nobody().with("Accept", "application/json");
            var withheld = nobody.post(
                    LOGIN, "application/x-www-form-urlencoded", "email=alice%40example.com&password=password+of+alice");
            page.began(withheld);
            assertThat(page.page()).isEqualTo(Page.VERIFY);
            var secrets = backend.secrets();
            var verified = page.verify(app.nextCode());
            assertShaped(verified, "user"); // a credential in a cookie is shown to no script
            assertThat(verified.header("Location")).isEmpty();
            assertThat(verified.headers("Set-Cookie"))
                    .contains("LEGACYSESS=" + secrets.get(0) + "; Path=/; HttpOnly")
                    .contains("remember=" + secrets.get(1) + "; Path=/; HttpOnly");
            page.fetch().forgetBearer();
            assertMetrics(gateway, page.fetch(), "200"); // by the cookie
        }
    }

    @Test
    void throughTheOwnApiItIsByteForByte() throws Exception {
        try (var backend = LegacyProcess.start("cookie");
                var gateway = inFrontOf(backend, "cookie")) {
            var page = page(gateway);
            assertThat(page.fetch().post(LOGIN, ALICE).json("/ok")).isEqualTo(true);
            var app = enrolled(page);
            page.fetch().clear();
            var withheld = page.fetch().post(LOGIN, ALICE);
            var handedOut = backend.sent();
            var form = JsonObject.of("mfaTempToken", withheld.string("/mfaTempToken"), "code", app.nextCode());
            var released = page.fetch().post("/auth/mfa/verify", form);
            assertThat(released.status()).isEqualTo(handedOut.json("/status"));
            assertThat(released.text()).isEqualTo(handedOut.json("/body"));
            assertMetrics(gateway, page.fetch(), "200");

            page.fetch().clear();
            page.began(page.fetch().post(LOGIN, ALICE));
            var cookie = backend.secrets().getFirst();
            var verified = page.verify(app.nextCode());
            assertShaped(verified, "user"); // a credential in a cookie is shown to no script
            assertThat(verified.headers("Set-Cookie")).anyMatch(set -> set.startsWith("access_token=" + cookie));
            page.fetch().forgetBearer();
            assertMetrics(gateway, page.fetch(), "200");
        }
    }
}
