package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.Await;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No mail, no code: nothing is consumed by what failed, and the same request works once mail is back. */
@ExtendWith(TestGateways.class)
class MailOutageIT {
    static Stream<Arguments> outages() {
        return Stream.of(
                outage(
                        "down",
                        gateway -> gateway.mails().stop(),
                        gateway -> gateway.mails().restart()),
                outage(
                        "refusing",
                        gateway -> gateway.mails().refuse(true),
                        gateway -> gateway.mails().refuse(false)),
                outage(
                        "frozen",
                        gateway -> gateway.mails().freeze(),
                        gateway -> gateway.mails().thaw()));
    }

    private static Arguments outage(String name, Consumer<TestGateway> out, Consumer<TestGateway> back) {
        return Arguments.of(name, out, back);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void aSetup(String name, Consumer<TestGateway> out, Consumer<TestGateway> back) {
        try (var gateway = TestGateway.with(Map.of())) {
            var alice = gateway.loggedIn();
            out.accept(gateway);
            unavailable(alice.startSetup("email"));
            assertThat(alice.state()).isEqualTo("DISABLED");
            back.accept(gateway);
            var started = alice.startSetup("email");
            assertThat(started.status()).isEqualTo(200);
            assertThat(started.header("RateLimit").orElseThrow()).contains("\"sendCode\";r=4");
            assertThat(alice.confirmSetup(gateway.mailedCode(alice)).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void anotherCode(String name, Consumer<TestGateway> out, Consumer<TestGateway> back) {
        try (var gateway = TestGateway.with(Map.of())) {
            var alice = gateway.enrolledByEmail(gateway.loggedIn());
            alice.sendCode();
            var code = gateway.mailedCode(alice);
            gateway.clock().advance(Duration.ofSeconds(30));
            out.accept(gateway);
            unavailable(alice.sendCode());
            var laptop = gateway.again(alice);
            assertThat(laptop.verify(code).status()).isEqualTo(200); // the code before is still good
            back.accept(gateway);
            var sent = laptop.sendCode();
            assertThat(sent.status()).isEqualTo(200);
            assertThat(sent.header("RateLimit").orElseThrow()).contains("\"sendCode\";r=2");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void aLogin(String name, Consumer<TestGateway> out, Consumer<TestGateway> back) {
        try (var gateway = TestGateway.with(Map.of())) {
            var alice = gateway.enrolledByEmail(gateway.loggedIn(LegacyAccounts.ALICE));
            out.accept(gateway);
            Stores.flushRedis(); // nobody has a login in progress
            unavailable(gateway.login(LegacyAccounts.ALICE));
            assertThat(Stores.everythingInRedis()).doesNotContain("portcullis:pending:");
            back.accept(gateway);
            var tempToken = gateway.login(LegacyAccounts.ALICE).string("/mfaTempToken");
            assertThat(gateway.nobody()
                            .verifyLogin(tempToken, gateway.mailedCode(alice))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static void unavailable(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("MAIL_UNAVAILABLE");
        assertThat(answer.error("action")).isEqualTo("RETRY");
        assertThat(answer.text()).doesNotContain("eyJ");
    }

    /** The mail is out already, but neither limits nor state say so. */
    @Test
    void theDatabaseFailsAfterTheMail() throws Exception {
        try (var gateway = TestGateway.with(Map.of())) {
            var alice = gateway.loggedIn();
            assertThat(alice.get("/users/hello").status()).isEqualTo(200);
            gateway.mails().freeze();
            var asked = CompletableFuture.supplyAsync(() -> alice.startSetup("email"));
            Await.until("the mail server is asked", () -> gateway.mails().waiting() > 0);
            Stores.stopPostgres();
            try {
                gateway.mails().thaw();
                assertThat(asked.get().code()).isEqualTo("STORE_UNAVAILABLE");
            } finally {
                Stores.startPostgres();
            }
            Await.until(
                    "the database is back", () -> alice.get("/auth/mfa/status").status() == 200);
            gateway.mailedCode(alice);
            assertThat(alice.startSetup("email").status()).isEqualTo(200);
            assertThat(alice.confirmSetup(gateway.mailedCode(alice)).status()).isEqualTo(200);
        }
    }
}
