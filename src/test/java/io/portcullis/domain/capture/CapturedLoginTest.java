package io.portcullis.domain.capture;

import static io.portcullis.domain.TestDomain.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.Captures;
import io.portcullis.domain.KnownTokens;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.capture.CapturedLogin.Asked;
import io.portcullis.domain.capture.CapturedLogin.Meaning;
import io.portcullis.domain.capture.CapturedLogin.Reason;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.domain.session.SessionSettings;
import io.portcullis.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapturedLoginTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final CaptureSettings CAPTURE = Captures.capture(Captures.JSON, "/admin/login", Captures.TOKEN);

    private final TestClock clock = new TestClock(NOW);
    private final KnownTokens source = new KnownTokens(clock);
    private Map<String, String> body = Map.of("/token", "token", "/user/id", "7", "/user/role", "editor");

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
                .isEqualTo(new Identity(new Account("user", "7"), Optional.empty(), Optional.of("editor")));
        assertThat(admitted.source()).isEqualTo("legacy-login");
        assertThat(admitted.token()).isEqualTo("token");
        assertThat(admitted.credential().expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(7)));
    }

    @Test
    void theEmailIsTheOneOfTheAnswerAndNeverTheOneThatWasTyped() {
        body = Map.of("/token", "token", "/user/id", "7", "/user/email", "real@example.com");
        assertThat(letIn().identity().email()).contains("real@example.com");
    }

    @Test
    void aSuccessWithoutACredentialAtItsPlaceIsUnreadable() {
        body = Map.of();
        assertThat(read(200)).isEqualTo(new Meaning.Unreadable(Reason.NO_CREDENTIAL));
    }

    @Test
    void aCredentialOfNobodyIsUnreadable() {
        body = Map.of("/token", "token");
        assertThat(read(200)).isEqualTo(new Meaning.Unreadable(Reason.OF_NOBODY));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 206, 302, 303, 304})
    void anotherStatusThatIsNoRefusalIsUnreadable(int status) {
        assertThat(read(status)).isEqualTo(new Meaning.Unreadable(Reason.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 429, 500, 503})
    void aRefusalOfTheBackendIsPassedOn(int status) {
        body = Map.of();
        assertThat(read(status)).isInstanceOf(Meaning.TurnedAway.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 500})
    void aFailureThatHandsOutACredentialAllTheSameIsKeptBack(int status) {
        assertThat(read(status)).isEqualTo(new Meaning.Unreadable(Reason.FAILURE_WITH_CREDENTIAL));
        body = Map.of();
        source.accept("token", ALICE, NOW.plus(Duration.ofHours(1)));
        assertThat(read(status, "LEGACY=token; Path=/"))
                .isEqualTo(new Meaning.Unreadable(Reason.FAILURE_WITH_CREDENTIAL));
        assertThat(read(status, "seen=1; Path=/")).isInstanceOf(Meaning.TurnedAway.class);
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
        return captured()
                .read(
                        CAPTURE,
                        CAPTURE.login(),
                        new Asked(Optional.of("asked@example.com"), List.of()),
                        new LegacyAnswer(status, List.of(Map.entry("Set-Cookie", setCookie)), new byte[0]));
    }

    private CapturedLogin captured() {
        var told = new Told(body);
        return new CapturedLogin(
                capture -> {
                    throw new AssertionError("a watched login is the client's own request, none is written");
                },
                told,
                new CredentialOwner(told, List.of(source), List.of(), SessionSettings.DEFAULTS, clock),
                List.of(source),
                Set.of(),
                Set.of(),
                clock);
    }

    /** A body by its places. */
    private record Told(Map<String, String> body) implements AnswerBody {
        @Override
        public Optional<String> text(LegacyAnswer answer, String pointer) {
            return Optional.ofNullable(body.get(pointer));
        }

        @Override
        public Optional<String> value(LegacyAnswer answer, String pointer) {
            return text(answer, pointer);
        }
    }
}
