package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.LastByte;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten wrong passwords in a quarter of an hour, over both ways in; then nobody is asked any more, and nobody is told. */
@ExtendWith(TestGateways.class)
class LoginLimitIT {
    private static final String OWN = "/auth/login";
    private static final String LEGACY = "/admin/login";
    private static final LegacyAccount ALICE = LegacyAccounts.ALICE;
    private static final AtomicInteger NEXT_ADDRESS = new AtomicInteger(10);

    /** Nobody else of the tests has it, so nobody else's wrong passwords are counted with these. */
    private final String address = "127.0.1." + NEXT_ADDRESS.incrementAndGet();

    @ParameterizedTest
    @CsvSource({OWN + "," + OWN, LEGACY + "," + LEGACY, OWN + "," + LEGACY, LEGACY + "," + OWN})
    void afterTenWrongOnesTheRightOneIsWrongToo(String guessed, String after, TestGateway gateway) throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(login(gateway, guessed, ALICE.email(), "guess").status()).isEqualTo(401);
        }
        var right = login(gateway, after, ALICE.email(), ALICE.password());
        assertThat(right.status()).isEqualTo(401);
        assertThat(right.isOfTheGateway()).isTrue();
        assertThat(right.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(right.error("action")).isEqualTo("RETRY");
        assertThat(right.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).matches("retry-after|ratelimit.*|set-cookie"));
    }

    @Test
    void whoIsBlockedIsToldWhatEverybodyIsTold(TestGateway gateway) throws Exception {
        var known = login(gateway, OWN, ALICE.email(), "guess");
        var unknown = login(gateway, OWN, nobody(), "guess");
        for (int i = 1; i < 10; i++) {
            login(gateway, OWN, ALICE.email(), "guess");
        }
        var blocked = login(gateway, OWN, ALICE.email(), ALICE.password());
        assertThat(told(unknown)).isEqualTo(told(known));
        assertThat(told(blocked)).isEqualTo(told(known));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, LEGACY})
    void anEmailThatNobodyHasIsBlockedTheSame(String path, TestGateway gateway) throws Exception {
        var email = nobody();
        for (int i = 0; i < 10; i++) {
            login(gateway, path, email, "guess");
        }
        for (var next : new String[] {email, email.toUpperCase(Locale.ROOT), " " + email + " "}) {
            var blocked = login(gateway, LEGACY, next, "guess");
            assertThat(blocked.isOfTheGateway()).isTrue(); // the backend answers in its own words
            assertThat(blocked.code()).isEqualTo("INVALID_CREDENTIALS");
        }
    }

    @Test
    void spellingsOfAnEmailShareTheirTries(TestGateway gateway) throws Exception {
        for (var spelling :
                new String[] {"ALICE@example.com", " alice@example.com", "alice@example.com ", "Alice@Example.COM"}) {
            login(gateway, LEGACY, spelling, "guess");
            login(gateway, OWN, spelling, "guess");
        }
        login(gateway, LEGACY, "\u00e1lice@example.com", "guess");
        login(gateway, LEGACY, ALICE.email(), "guess");
        assertThat(login(gateway, LEGACY, ALICE.email(), ALICE.password()).code())
                .isEqualTo("INVALID_CREDENTIALS");
    }

    @Test
    void anEmailThatIsThereTwiceHidesNoGuess(TestGateway gateway) throws Exception {
        for (int i = 0; i < 10; i++) {
            var body = "{\"email\":\"" + nobody() + "\",\"email\":\"alice@example.com\",\"password\":\"guess\"}";
            assertThat(post(gateway, LEGACY, body).isOfTheGateway()).isFalse();
        }
        var eleventh = "{\"Email\":\"" + nobody() + "\",\"email\":\"alice@example.com\",\"password\":\""
                + ALICE.password() + "\"}";
        assertThat(post(gateway, LEGACY, eleventh).code()).isEqualTo("INVALID_CREDENTIALS");
    }

    @Test
    void guessesAtOnceAtTwoInstancesShareTheTries(TestGateway gateway) throws Exception {
        var request = RawHttp.request("POST", LEGACY, form(nobody(), "guess"));
        var answers = LastByte.of(Collections.nCopies(20, request), gateway.port(), gateway.secondPort());
        assertThat(answers).allMatch(answer -> answer.status() == 401);
        assertThat(answers).filteredOn(answer -> !answer.isOfTheGateway()).hasSize(10); // reached the backend
        assertThat(answers)
                .filteredOn(Answer::isOfTheGateway)
                .hasSize(10)
                .allMatch(answer -> answer.code().equals("INVALID_CREDENTIALS"));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, LEGACY})
    void somebodyAtAnotherAddressIsNotBlocked(String path, TestGateway gateway) throws Exception {
        for (int i = 0; i < 11; i++) {
            login(gateway, path, LegacyAccounts.BOB.email(), "guess");
        }
        var elsewhere = "127.0.2." + NEXT_ADDRESS.incrementAndGet();
        var form = form(LegacyAccounts.BOB.email(), LegacyAccounts.BOB.password());
        assertThat(post(elsewhere, gateway, path, form).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, LEGACY})
    void whenTheWindowHasPassedTheRightOneIsRight(String path, TestGateway gateway) throws Exception {
        for (int i = 0; i < 11; i++) {
            login(gateway, path, ALICE.email(), "guess");
        }
        gateway.clock().advance(Duration.ofMinutes(15).minusMillis(1));
        assertThat(login(gateway, path, ALICE.email(), ALICE.password()).status())
                .isEqualTo(401);
        gateway.clock().advance(Duration.ofMillis(1));
        assertThat(login(gateway, path, ALICE.email(), ALICE.password()).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, LEGACY})
    void aRightOneForgetsTheWrongOnes(String path, TestGateway gateway) throws Exception {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 9; i++) {
                login(gateway, path, ALICE.email(), "guess");
            }
            assertThat(login(gateway, path, ALICE.email(), ALICE.password()).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aBackendThatIsOutCostsNothing(@OwnRealm TestGateway gateway) throws Exception {
        gateway.stopBackend();
        for (int i = 0; i < 6; i++) {
            assertThat(login(gateway, LEGACY, ALICE.email(), "guess").code()).isEqualTo("UPSTREAM_UNAVAILABLE");
            assertThat(login(gateway, OWN, ALICE.email(), "guess").code()).isEqualTo("UPSTREAM_UNAVAILABLE");
        }
        assertThat(login(gateway, LEGACY, ALICE.email(), "guess").code()).isEqualTo("UPSTREAM_UNAVAILABLE");
    }

    @Test
    void withoutRedisNobodyGuesses(TestGateway gateway) throws Exception {
        Stores.freezeRedis();
        try {
            assertThat(login(gateway, OWN, ALICE.email(), "guess").code()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(login(gateway, LEGACY, ALICE.email(), "guess").code()).isEqualTo("STORE_UNAVAILABLE");
        } finally {
            Stores.thawRedis();
        }
    }

    @Test
    void thePasswordThatDisablesIsCountedToo(@OwnRealm TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn(ALICE).enrolled();
        gateway.clock().advance(Duration.ofMinutes(20)); // the proof is not fresh any more
        for (int i = 0; i < 10; i++) {
            assertThat(disable(gateway, alice.token(), "guess").code()).isEqualTo("INVALID_CREDENTIALS");
        }
        assertThat(disable(gateway, alice.token(), ALICE.password()).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(login(gateway, LEGACY, ALICE.email(), ALICE.password()).code())
                .isEqualTo("INVALID_CREDENTIALS");
        assertThat(alice.state()).isEqualTo("ENABLED");
        gateway.clock().advance(Duration.ofMinutes(15));
        assertThat(disable(gateway, alice.token(), ALICE.password()).status()).isEqualTo(200);
    }

    @Test
    void theLimitsInForceAreToldInTheLog(@OwnRealm TestGateway gateway) {
        try (var log = LogCapture.start()) {
            gateway.reload();
            assertThat(log.text())
                    .contains("login 10/15m wrong passwords")
                    .contains("5/1h to an account")
                    .contains("1000/1h for an address");
        }
    }

    private Answer disable(TestGateway gateway, String token, String password) throws IOException {
        try (var connection = RawHttp.from(address, gateway.port())) {
            var body = JsonObject.of("password", password).encode();
            return connection
                    .send(RawHttp.request("POST", "/auth/mfa/disable", body, "Authorization: Bearer " + token))
                    .answer();
        }
    }

    private Answer login(TestGateway gateway, String path, String email, String password) throws IOException {
        return post(gateway, path, form(email, password));
    }

    private Answer post(TestGateway gateway, String path, String body) throws IOException {
        return post(address, gateway, path, body);
    }

    private static Answer post(String from, TestGateway gateway, String path, String body) throws IOException {
        try (var connection = RawHttp.from(from, gateway.port())) {
            return connection.send(RawHttp.request("POST", path, body)).answer();
        }
    }

    private static String form(String email, String password) {
        var body = JsonObject.of("email", email, "password", password).encode();
        return body.replace("\u00e1", "\\u00e1"); // what goes on the wire is ASCII
    }

    private static String nobody() {
        return UUID.randomUUID() + "@example.com";
    }

    /** All but the request id. */
    private static String told(Answer answer) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(answer.headers().map());
        headers.remove("X-Request-Id");
        return answer.status() + " " + headers + " " + answer.text().replaceFirst("\"requestId\":\"[^\"]+\"", "");
    }
}
