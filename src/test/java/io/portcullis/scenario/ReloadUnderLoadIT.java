package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyBackend;
import io.portcullis.demo.LegacyTokens;
import io.portcullis.testing.Await;
import io.portcullis.testing.Load;
import io.portcullis.testing.Program;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.Scrape;
import io.portcullis.testing.Signals;
import io.portcullis.testing.TestGateway;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to read its config anew, or to leave, while requests come in all the time. */
class ReloadUnderLoadIT {
    private static final String SWITCHED = "{ path: /public/**, access: public, upstream: legacy }";

    @TempDir
    private Path folder;

    private Path file;
    private LegacyBackend backend;
    private Program gateway;
    private int port;
    private int managementPort;

    @BeforeEach
    void serve() throws Exception {
        backend = LegacyBackend.start("127.0.0.1", 0);
        file = Files.writeString(folder.resolve("portcullis.yaml"), config());
        var environment = new HashMap<>(TestGateway.storesAndSecrets());
        environment.put("REALM", "under-load");
        environment.put("LEGACY_URL", "http://127.0.0.1:" + backend.port());
        gateway = Program.main(folder, environment, "serve", "--config", file.toString());
        var started = gateway.awaitOutput("listening on http://127.0.0.1:([1-9]\\d*).* metrics on port (\\d+)");
        port = Integer.parseInt(started.group(1));
        managementPort = Integer.parseInt(started.group(2));
    }

    @AfterEach
    void stop() {
        gateway.close();
        backend.close();
    }

    @Test
    void twentyReloadsCostNoRequestAndChangeTheRules() throws Exception {
        var before = Files.readString(file);
        try (var load = Load.start(8, port, "/", "^HTTP/1.1 200 ")) {
            Await.until("requests come in", () -> load.answered() > 100);
            for (int reload = 1; reload <= 20; reload++) {
                boolean open = reload % 2 == 0;
                Files.writeString(file, open ? before : before.replace(SWITCHED, "{ path: /public/**, access: deny }"));
                if (reload > 3) { // the first ones by the change of the file alone
                    Signals.hangup(Stream.of(gateway.handle()));
                }
                Await.until(
                        "reload " + reload, () -> RawHttp.get(port, "/public/x").status() == (open ? 404 : 403));
            }
            assertThat(generation()).isGreaterThan(20);
            long answered = load.answered();
            Await.until("requests still come in", () -> load.answered() > answered + 100);
            assertThat(load.finish()).isEmpty();
        }
        Files.writeString(file, before + "nonsense: a-secret-value\n");
        Await.until(
                "it is refused", () -> Scrape.at(managementPort).sum("portcullis_config_last_reload_successful") == 0);
        assertThat(RawHttp.get(managementPort, "/health/ready").string("/config/lastReloadFailed"))
                .contains("/nonsense: unknown key")
                .doesNotContain("a-secret-value");
    }

    /** What was begun is brought to its end; a connection that waits for its next request may be closed at any time (RFC 9112, section 9.6). */
    @Test
    void whoLeavesFinishesWhatItBegan() throws Exception {
        try (var slow = RawHttp.to(port);
                var load = Load.start(8, port, "/public/x", "^HTTP/1.1 404 ")) {
            var token = new LegacyTokens(LegacyBackend.DEMO_JWT_SECRET, InstantSource.system())
                    .issue(new LegacyAccount(4242, "slow@example.com", "admin", ""), LegacyTokens.TTL);
            slow.send(
                    RawHttp.request("GET", "/admin/stream?chunks=40&everyMs=50", "", "Authorization: Bearer " + token));
            slow.until("line 2\n");
            Await.until("requests come in", () -> load.answered() > 100);
            Signals.terminate(Stream.of(gateway.handle()));
            Await.until("new connections are refused", this::refuses);
            slow.until("line 40\n");
            assertThat(gateway.awaitExit()).isZero();
            assertThat(load.finish()).allMatch(ReloadUnderLoadIT::isNoHalfAnswer);
        }
        assertThat(gateway.output()).doesNotContain("Exception");
    }

    /** Not a byte of an answer had come. */
    private static boolean isNoHalfAnswer(String failure) {
        return failure.endsWith("but ") || failure.contains("SocketException") || failure.contains("ConnectException");
    }

    private boolean refuses() throws IOException {
        try {
            RawHttp.to(port).close();
            return false;
        } catch (ConnectException refused) {
            return true;
        }
    }

    private double generation() {
        return Scrape.at(managementPort).sum("portcullis_config_generation");
    }

    private static String config() throws IOException {
        try (var resource = Objects.requireNonNull(TestGateway.class.getResourceAsStream("/testing/gateway.yaml"))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
