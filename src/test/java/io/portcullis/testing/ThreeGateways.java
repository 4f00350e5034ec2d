package io.portcullis.testing;

import io.portcullis.config.Settings;
import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyBackend;
import io.portcullis.demo.LegacyTokens;
import io.portcullis.server.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Three instances of the real gateway on stores of the test's own, in front of one demo backend; by {@code testing/gateway.yaml}. */
public final class ThreeGateways implements AutoCloseable {
    private static final AtomicInteger NEXT_SUBJECT = new AtomicInteger(500_000);

    private final TestClock clock = new TestClock(Instant.now());
    private final LegacyTokens tokens = new LegacyTokens(LegacyBackend.DEMO_JWT_SECRET, clock);
    private final LegacyBackend backend = LegacyBackend.start("127.0.0.1", 0);
    private final List<Gateway> gateways;

    private ThreeGateways(String postgresUrl, String redis) {
        var settings = settings(postgresUrl, redis);
        gateways = Stream.generate(() -> Gateway.start(
                        settings,
                        settings.stores().orElseThrow(),
                        settings.secrets().orElseThrow(),
                        clock))
                .limit(3)
                .toList();
    }

    /** {@code redis}: the value of that key in a config file. */
    public static ThreeGateways on(String postgresUrl, String redis) {
        return new ThreeGateways(postgresUrl, redis);
    }

    private Settings settings(String postgresUrl, String redis) {
        var environment = new HashMap<>(TestGateway.storesAndSecrets());
        environment.put("PG_URL", postgresUrl);
        environment.put("REALM", "instances");
        environment.put("LEGACY_URL", "http://127.0.0.1:" + backend.port());
        try (var resource = Objects.requireNonNull(getClass().getResourceAsStream("/testing/gateway.yaml"))) {
            var config = new String(resource.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .replace("redis: { url: \"${REDIS_URL}\" }", "redis: " + redis);
            return ConfigText.settings(config, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestClock clock() {
        return clock;
    }

    public List<Integer> ports() {
        return gateways.stream().map(Gateway::port).toList();
    }

    /** Somebody whom no test has met, at the first instance, with a token of the legacy backend and the role {@code admin}. */
    public Person loggedIn() {
        int id = NEXT_SUBJECT.incrementAndGet();
        return Person.at(ports().getFirst(), clock).holding(token(id), Integer.toString(id));
    }

    /** Another token of the same account. */
    public Person again(Person person) {
        return person.holding(token(Integer.parseInt(person.subject())));
    }

    private String token(int id) {
        return tokens.issue(new LegacyAccount(id, id + "@example.com", "admin", ""), LegacyTokens.TTL);
    }

    /** Waits until each instance says that it is ready. */
    public void awaitReady() throws Exception {
        for (var gateway : gateways) {
            var operator = Person.at(gateway.managementPort(), clock);
            Await.until(
                    "an instance is ready", () -> operator.get("/health/ready").status() == 200);
        }
    }

    @Override
    public void close() {
        gateways.forEach(Gateway::close);
        backend.close();
    }
}
