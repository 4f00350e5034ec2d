package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.App;
import io.portcullis.testing.OwnDialects;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The worked example of the page on dialects: its frontend lives through it, and the page shows the file as it is. */
@ExtendWith(TestGateways.class)
class ConsoleDialectIT {
    private static final Path FILE = Path.of("conf/dialects/console.yaml");
    private static final String BASE = "/console/security";
    private static final String FORM = "application/x-www-form-urlencoded";

    @Test
    void theFrontendOfTheExampleLivesByItsFile(@OwnRealm TestGateway gateway, @TempDir Path folder) throws IOException {
        try (var console = OwnDialects.start(gateway, folder, Map.of("console", Files.readString(FILE)))) {
            var nobody = gateway.nobody().at(console.port());
            var bob = nobody.holding(login(nobody).string("/token"));
            assertThat(bob.get(BASE + "/mfa").json()).isEqualTo(new JsonObject("""
                            {"status": "ok", "mfa": {"on": false, "passed": false}, "codes_left": 0}"""));
            assertThat(bob.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");

            var begun = step(bob, "step=begin");
            assertThat(begun.status()).isEqualTo(201);
            assertThat(begun.json("/say")).isEqualTo("Scan the picture with your app");
            assertThat(begun.string("/mfa/picture")).startsWith("data:image/png;base64,");
            var app = new App(begun.string("/mfa/key"), gateway.clock());
            var wrong = step(bob, "step=finish&otp=" + app.wrongCode());
            assertThat(wrong.json("/status")).isEqualTo("error");
            assertThat(wrong.json("/reason")).isEqualTo("INVALID_CODE");
            assertThat(wrong.json("/hint")).isEqualTo(wrong.error("message"));
            assertThat(step(bob, "step=finish").error("fields").toString()).contains("otp");
            assertThat(step(bob, "step=dance").code()).isEqualTo("INVALID_REQUEST");
            var codes = step(bob, "step=finish&otp=" + app.code()).json().getJsonArray("codes");
            assertThat(codes).hasSize(10);
            assertThat(bob.get("/admin/metrics").status()).isEqualTo(200);
            assertThat(bob.get(BASE + "/mfa").json("/codes_left")).isEqualTo(10);

            var ticket = login(nobody).string("/mfaTempToken");
            var verified =
                    nobody.with("X-Login-Ticket", ticket).post(BASE + "/ticket", FORM, "backup=" + codes.getString(0));
            assertThat(verified.json("/name")).isEqualTo(LegacyAccounts.BOB.email());
            assertThat(verified.json("/codes_left")).isEqualTo(9);
            assertThat(verified.header("X-Logged-In-As")).isPresent();
            var again = nobody.holding(verified.string("/token"));
            assertThat(again.get("/admin/metrics").status()).isEqualTo(200);
            assertThat(again.send("DELETE", BASE + "/devices/none").json("/reason"))
                    .isEqualTo("NO_ROUTE");

            assertThat(step(again, "step=off&otp=" + app.nextCode()).json("/mfa/on"))
                    .isEqualTo(false);
            assertThat(again.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
        }
    }

    private static Answer login(Person nobody) {
        return nobody.post(
                "/admin/login",
                JsonObject.of("email", LegacyAccounts.BOB.email(), "password", LegacyAccounts.BOB.password()));
    }

    private static Answer step(Person person, String form) {
        return person.post(BASE + "/mfa", FORM, form);
    }

    @Test
    void thePageShowsTheFileAsItIs() throws IOException {
        var page = Files.readString(Path.of("docs/dialects.md"));
        var file = Files.readString(FILE);
        var shown = Arrays.stream(page.split("```"))
                .filter(block -> block.startsWith("yaml\n  - method"))
                .map(block -> block.substring("yaml\n".length()).stripTrailing())
                .toList();
        assertThat(page).contains(file.substring(file.indexOf("name: console"), file.indexOf("routes:\n")));
        assertThat(shown)
                .hasSizeGreaterThan(1)
                .allSatisfy(route -> assertThat(file).contains(route));
    }
}
