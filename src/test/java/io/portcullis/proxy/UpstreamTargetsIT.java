package io.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.LogCapture;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several targets: who gets how many requests, and what becomes of them when one is gone. */
class UpstreamTargetsIT {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final Duration EJECTED = Duration.ofMillis(500);

    private static RawBackend called(String name) throws IOException {
        return RawBackend.answering("HTTP/1.1 200 OK\r\nX-Name: " + name + "\r\nContent-Length: 0\r\n\r\n");
    }

    private static UpstreamSettings.Target target(int port, int weight) {
        return new UpstreamSettings.Target("127.0.0.1", port, weight);
    }

    private static TestProxy proxy(
            HealthSettings.Passive passive, Optional<HealthSettings.Active> active, int... ports) {
        var targets = IntStream.of(ports).mapToObj(port -> target(port, 1)).toList();
        return proxy(new HealthSettings(passive, active), false, targets);
    }

    private static TestProxy proxy(HealthSettings health, boolean keepHost, List<UpstreamSettings.Target> targets) {
        return new TestProxy(
                new UpstreamSettings(
                        "legacy",
                        targets,
                        Optional.empty(),
                        Duration.ofSeconds(10),
                        500,
                        Duration.ofSeconds(2),
                        8,
                        keepHost,
                        1,
                        health),
                TestProxy.FORWARDING);
    }

    private static HealthSettings.Passive passive() {
        return new HealthSettings.Passive(3, EJECTED);
    }

    private static HealthSettings.Active active() {
        return new HealthSettings.Active("/health", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 2, Set.of());
    }

    private static String get(Wire client) throws IOException {
        var head = client.send(GET).answer();
        assertThat(head).startsWith("HTTP/1.1 200");
        return head.replaceAll("(?s).*X-Name: (\\w+).*", "$1");
    }

    @Test
    void requestsGoByWeightAndEachTargetSeesItsOwnHost() throws Exception {
        try (var a = called("a");
                var b = called("b");
                var proxy = proxy(HealthSettings.DEFAULTS, false, List.of(target(a.port(), 3), target(b.port(), 1)));
                var client = Wire.to(proxy.port())) {
            for (int i = 0; i < 40; i++) {
                get(client);
            }
            assertThat(a.requestsLeft()).isEqualTo(30);
            assertThat(b.requestsLeft()).isEqualTo(10);
            assertThat(a.head()).contains("\r\nhost: 127.0.0.1:" + a.port() + "\r\n");
            assertThat(b.head()).contains("\r\nhost: 127.0.0.1:" + b.port() + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x HTTP/1.1\r\nHost: h\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi"
            })
    void targetThatCannotBeReachedCostsNoRequest(String request) throws Exception {
        try (var a = called("a");
                var proxy = proxy(passive(), Optional.empty(), TestProxy.NOBODY, a.port());
                var client = Wire.to(proxy.port())) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(request).answer()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void targetThatDiesUnderLoadCostsNoGetAndComesBack() throws Exception {
        var failed = new AtomicInteger();
        try (var relay = new RelayedBackend("a");
                var b = called("b");
                var proxy = proxy(passive(), Optional.empty(), relay.port(), b.port())) {
            var stop = new AtomicBoolean();
            var done = new AtomicInteger();
            var threads = IntStream.range(0, 4)
                    .mapToObj(i -> Thread.ofVirtual().start(() -> {
                        try (var client = Wire.to(proxy.port())) {
                            while (!stop.get()) {
                                get(client);
                                done.incrementAndGet();
                            }
                        } catch (IOException | AssertionError e) {
                            failed.incrementAndGet();
                        }
                    }))
                    .toList();
            Await.until("both serve", () -> done.get() > 50);
            relay.cut();
            int before = done.get();
            Await.until("one serves alone", () -> done.get() > before + 50);
            relay.mend();
            int served = relay.served();
            Await.until("it is back", () -> relay.served() > served);
            stop.set(true);
            for (var thread : threads) {
                thread.join();
            }
            assertThat(failed).hasValue(0);
        }
    }

    @Test
    void ejectedTargetIsLeftAloneAndTriedAgain() throws Exception {
        try (var log = LogCapture.start();
                var broken = new RawBackend(Wire::head);
                var b = called("b");
                var proxy = proxy(
                        new HealthSettings.Passive(3, Duration.ofHours(1)), Optional.empty(), broken.port(), b.port());
                var client = Wire.to(proxy.port())) {
            for (int i = 0; i < 30; i++) {
                get(client);
            }
            assertThat(broken.connections()).isEqualTo(3);
            assertThat(log.text().lines().filter(line -> line.contains("gave no answer 3 times in a row")))
                    .hasSize(1);
        }
    }

    @Test
    void singleTargetIsNeverRefusedForItsPast() throws Exception {
        var fails = new AtomicInteger(10);
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    if (fails.decrementAndGet() < 0) {
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    }
                });
                var proxy =
                        proxy(new HealthSettings.Passive(1, Duration.ofHours(1)), Optional.empty(), backend.port());
                var client = Wire.to(proxy.port())) {
            for (int i = 0; i < 5; i++) { // each is tried twice
                assertThat(client.send(GET).answer()).startsWith("HTTP/1.1 502");
            }
            assertThat(client.send(GET).answer()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void allEjectedAreTriedAllTheSame() throws Exception {
        try (var proxy = proxy(passive(), Optional.empty(), TestProxy.NOBODY, 2);
                var client = Wire.to(proxy.port())) {
            for (int i = 0; i < 8; i++) {
                assertThat(client.send(GET).answer()).startsWith("HTTP/1.1 502");
            }
        }
    }

    @Test
    void activeCheckTakesOutAndBringsBack() throws Exception {
        var status = new AtomicInteger(200);
        try (var sick = new RawBackend(wire -> {
                    for (var head = wire.head(); !head.isEmpty(); head = wire.head()) {
                        boolean check = head.startsWith("GET /health HTTP/1.1\r\n");
                        wire.send("HTTP/1.1 " + (check ? status.get() : 200)
                                + " Told\r\nX-Name: sick\r\nContent-Length: 0\r\n\r\n");
                    }
                });
                var b = called("b");
                var proxy = proxy(passive(), Optional.of(active()), sick.port(), b.port());
                var client = Wire.to(proxy.port())) {
            var health = proxy.upstreams.states().getFirst().targets().getFirst();
            assertThat(List.of(get(client), get(client))).containsExactlyInAnyOrder("sick", "b");
            status.set(500);
            proxy.upstreams.startChecks();
            Await.until("the check has failed", () -> !health.isHealthy());
            for (int i = 0; i < 10; i++) {
                assertThat(get(client)).isEqualTo("b");
            }
            status.set(204);
            Await.until("the check is good", health::isHealthy);
            assertThat(List.of(get(client), get(client))).containsExactlyInAnyOrder("sick", "b");
            proxy.upstreams.stopChecks();
            status.set(500);
            int asked = sick.connections();
            for (int i = 0; i < 10; i++) {
                get(client);
            }
            assertThat(sick.connections()).isLessThanOrEqualTo(asked + 1); // one check may have been under way
        }
    }

    @Test
    void activeCheckThatFailsEverywhereEndsNothing() throws Exception {
        try (var a = RawBackend.answering("HTTP/1.1 404 Not Found\r\nX-Name: a\r\nContent-Length: 0\r\n\r\n");
                var proxy = proxy(passive(), Optional.of(active()), a.port());
                var client = Wire.to(proxy.port())) {
            proxy.upstreams.startChecks();
            var health = proxy.upstreams.states().getFirst().targets().getFirst();
            Await.until("the check has failed", () -> !health.isHealthy());
            assertThat(client.send(GET).answer()).startsWith("HTTP/1.1 404");
        }
    }
}
