package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.OwnDialects;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.Signals;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Dialect files that change under a running gateway. */
@ExtendWith(TestGateways.class)
class ConfigWatchIT {
    private static final String OWN = """
            name: own
            base: /own
            routes:
              - { method: GET, path: /who, operation: me, answers: { me: { body: { version: first } } } }
              - { method: POST, path: /send, operation: sendCode, arguments: { mfaTempToken: { from: /token, required: true } } }
            """;

    @TempDir
    private Path folder = Path.of("");

    private OwnDialects start(TestGateway gateway) {
        return OwnDialects.start(gateway, folder, Map.of("own", OWN));
    }

    @Test
    void aChangedDialectFileIsNoticedAndAnInvalidOneRefused(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn();
        try (var log = LogCapture.start();
                var own = start(gateway);
                var watch = ConfigWatch.start(own.config(), own.gateway())) {
            var here = alice.at(own.port());
            assertThat(here.get("/own/who").json("/version")).isEqualTo("first");

            own.write("own", OWN.replace("version: first", "version: $nothing"));
            Await.until("it is refused", () -> log.text().contains("the changed files are not used"));
            assertThat(log.text())
                    .contains(
                            "dialects/own.yaml:4:81: /routes/0/answers/me/body/version: $nothing is nothing that me (me)"
                                    + " has; there is $user, $mfa, $session");
            assertThat(here.get("/own/who").json("/version")).isEqualTo("first");

            own.write("own", OWN.replace("first", "second").replace("/who", "/whom"));
            Await.until("the new one is served", () -> here.get("/own/whom").status() == 200);
            assertThat(here.get("/own/whom").json("/version")).isEqualTo("second");
            assertThat(here.get("/own/who").code()).isEqualTo("NO_ROUTE");
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void hangupRereadsEverything(TestGateway gateway) throws Exception {
        try (var log = LogCapture.start();
                var own = start(gateway);
                var watch = ConfigWatch.start(own.config(), own.gateway())) {
            Signals.hangup(Stream.of(ProcessHandle.current()));
            Await.until("it is put in force again", () -> log.text().contains(own.config() + " is in force"));
            assertThat(gateway.loggedIn().at(own.port()).get("/own/who").status())
                    .isEqualTo(200);
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void aDialectFileThatIsGoneForAMomentChangesNothing(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn();
        try (var log = LogCapture.start();
                var own = start(gateway);
                var watch = ConfigWatch.start(own.config(), own.gateway())) {
            var file = folder.resolve("dialects/own.yaml");
            Files.delete(file);
            Files.writeString(folder.resolve("dialects/other.yaml"), "not named by the config file");
            Await.until("the folder was looked at", () -> log.text().contains("the changed files are not used"));
            assertThat(log.text()).contains("there is no such dialect");
            assertThat(alice.at(own.port()).get("/own/who").json("/version")).isEqualTo("first");
            own.write("own", OWN.replace("first", "second"));
            Await.until(
                    "the new one is served",
                    () -> alice.at(own.port()).get("/own/who").json("/version").equals("second"));
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void aConfigFileThatStaysAwayIsTold(TestGateway gateway) throws Exception {
        try (var log = LogCapture.start();
                var own = start(gateway);
                var watch = ConfigWatch.start(own.config(), own.gateway())) {
            var text = Files.readString(own.config());
            Files.delete(own.config());
            Await.until("it is told", () -> log.text().contains("a restart would fail"));
            var ready = RawHttp.get(own.gateway().managementPort(), "/health/ready");
            assertThat(ready.text()).contains("the config file is gone");
            Files.writeString(own.config(), text);
            Await.until("it is in force again", () -> log.text().contains(own.config() + " is in force"));
            assertThat(RawHttp.get(own.gateway().managementPort(), "/health/ready")
                            .text())
                    .doesNotContain("the config file is gone");
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void aRequestUnderWayIsAnsweredAsItWasBegun(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn();
        try (var own = start(gateway);
                var watch = ConfigWatch.start(own.config(), own.gateway());
                var connection = RawHttp.to(own.port())) {
            var request = RawHttp.request("POST", "/own/send", "{\"other\": 1}");
            connection.send(request.substring(0, request.length() - 1));
            // New connections go to the event loops in turn: the one that has the head answers one of these after it.
            for (int each = 0; each < 2 * Runtime.getRuntime().availableProcessors(); each++) {
                RawHttp.get(own.port(), "/public/x");
            }
            own.write("own", OWN.replace("first", "second").replace("/token", "/ticket"));
            Await.until(
                    "the new one is served",
                    () -> alice.at(own.port()).get("/own/who").json("/version").equals("second"));
            connection.send(request.substring(request.length() - 1));
            assertThat(connection.answer().json("/error/fields/0/field")).isEqualTo("token");
            assertThat(watch).isNotNull();
        }
    }
}
