package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.legacy.LegacyProcess;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frontends that live on cookies before a backend that answers a token, and what of its answer is the gateway's to say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CookieDialectsLegacyIT {
    private LegacyProcess backend;
    private TestGateway gateway;

    @BeforeAll
    void start() throws Exception {
        backend = LegacyProcess.start("json");
        gateway = TestGateway.inFrontOf(backend.port(), Map.of(), "legacy.yaml", "legacy-json.yaml");
    }

    @AfterAll
    void stop() {
        gateway.close();
        backend.close();
    }

    private Answer login(String name) {
        var form = JsonObject.of("email", name + "@example.com", "password", "password of " + name);
        return gateway.nobody().post("/app/login", form);
    }

    private Person enrolled(String name) {
        return gateway.nobody().holding(login(name).string("/token")).enrolled();
    }

    /** The frontend asked for no token, but a login that ends without one would be none. */
    @ParameterizedTest
    @CsvSource({"bob, /api/2fa/verify-login", "carol, /api/admin/auth/2fa/verify-code"})
    void aTokenThatIsInNoCookieIsHandedOut(String name, String route) {
        var person = enrolled(name);
        var browser = gateway.nobody().with("Cookie", login(name).cookie("portcullis-login"));
        var verified = browser.post(route, JsonObject.of("code", person.app().nextCode()));
        assertThat(verified.json("/verified")).isEqualTo(true);
        var token = Objects.requireNonNull(verified.string("/token"));
        assertThat(gateway.nobody().holding(token).get("/admin/metrics").status())
                .isEqualTo(200);
        assertThat(verified.headers("Set-Cookie").getLast())
                .startsWith("portcullis-login=;"); // some clients keep it else
    }

    /** The backend says that any cache may keep its login answer. */
    @Test
    void whatIsReleasedIsKeptByNoCache() {
        var person = enrolled("dave");
        var tempToken = login("dave").string("/mfaTempToken");
        var released = gateway.nobody().verifyLogin(tempToken, person.app().nextCode());
        assertThat(released.string("/token")).isNotNull();
        assertThat(released.headers("Cache-Control")).containsExactly("no-store");
        assertThat(released.header("Expires")).isEmpty();
    }
}
