package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.login.CapturedLogin.Meaning;
import io.portcullis.domain.login.LegacyFormat.HandedOut;
import io.portcullis.domain.session.SessionSettings;
import io.portcullis.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapturedLoginTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final CaptureSettings CAPTURE = new CaptureSettings(
            "legacy-login",
            "user",
            "legacy",
            new CaptureSettings.Route("POST", "/admin/login"),
            "/email",
            "/password",
            200,
            "/token",
            Optional.of("/user"),
            Optional.empty());

    private final TestClock clock = new TestClock(NOW);
    private final KnownTokens source = new KnownTokens(clock);
    private Optional<HandedOut> handedOut =
            Optional.of(new HandedOut("token", Optional.of("7"), Optional.empty(), Optional.of("editor")));

    @Test
    void aTokenSourceThatAcceptsTheTokenNamesTheAccount() {
        source.accept("token", ALICE, NOW.plus(Duration.ofHours(1)));
        var admitted = letIn();
        assertThat(admitted.identity().account()).isEqualTo(ALICE);
        assertThat(admitted.source()).isEqualTo("jwt");
        assertThat(admitted.credential().expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(admitted.amr()).containsExactly("pwd");
    }

    @Test
    void anOpaqueCredentialIsOfTheAccountThatTheAnswerNames() {
        var admitted = letIn();
        assertThat(admitted.identity())
                .isEqualTo(new Identity(
                        new Account("user", "7"), Optional.of("asked@example.com"), Optional.of("editor")));
        assertThat(admitted.source()).isEqualTo("legacy-login");
        assertThat(admitted.token()).isEqualTo("token");
        assertThat(admitted.credential().expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(7)));
    }

    @Test
    void theEmailOfTheAnswerGoesBeforeTheOneThatWasTyped() {
        handedOut = Optional.of(
                new HandedOut("token", Optional.of("7"), Optional.of("real@example.com"), Optional.empty()));
        assertThat(letIn().identity().email()).contains("real@example.com");
    }

    @Test
    void aSuccessWithoutACredentialAtItsPlaceIsUnreadable() {
        handedOut = Optional.empty();
        assertThat(read(200)).isEqualTo(new Meaning.Unreadable());
    }

    @Test
    void aCredentialOfNobodyIsUnreadable() {
        handedOut = Optional.of(new HandedOut("token", Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(read(200)).isEqualTo(new Meaning.Unreadable());
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 206, 302, 303, 304})
    void anotherStatusThatIsNoRefusalIsUnreadable(int status) {
        assertThat(read(status)).isEqualTo(new Meaning.Unreadable());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 429, 500, 503})
    void aRefusalOfTheBackendIsPassedOn(int status) {
        handedOut = Optional.empty();
        assertThat(read(status)).isEqualTo(new Meaning.TurnedAway());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 500})
    void aFailureThatHandsOutACredentialAllTheSameIsKeptBack(int status) {
        assertThat(read(status)).isEqualTo(new Meaning.Unreadable());
        handedOut = Optional.empty();
        source.accept("token", ALICE, NOW.plus(Duration.ofHours(1)));
        assertThat(read(status, "LEGACY=token; Path=/")).isEqualTo(new Meaning.Unreadable());
        assertThat(read(status, "seen=1; Path=/")).isEqualTo(new Meaning.TurnedAway());
    }

    private FirstFactor.Admitted letIn() {
        return assertThat(read(200))
                .asInstanceOf(InstanceOfAssertFactories.type(Meaning.LetIn.class))
                .actual()
                .admitted();
    }

    private Meaning read(int status) {
        return read(status, "seen=1");
    }

    private Meaning read(int status, String setCookie) {
        var captured = new CapturedLogin(new Told(handedOut), List.of(source), SessionSettings.DEFAULTS, clock);
        return captured.read(
                CAPTURE,
                new byte[0],
                new LegacyAnswer(status, List.of(Map.entry("Set-Cookie", setCookie)), new byte[0]));
    }

    private record Told(Optional<HandedOut> handedOut) implements LegacyFormat {
        @Override
        public Optional<String> email(CaptureSettings capture, byte[] requestBody) {
            return Optional.of("asked@example.com");
        }

        @Override
        public byte[] request(CaptureSettings capture, String email, String password) {
            throw new AssertionError("a watched login is the client's own request, none is written");
        }

        @Override
        public Optional<HandedOut> handedOut(CaptureSettings capture, LegacyAnswer answer) {
            return handedOut;
        }
    }
}
