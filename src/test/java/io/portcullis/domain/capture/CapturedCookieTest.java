package io.portcullis.domain.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.Captures;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.capture.CaptureSettings.Field;
import io.portcullis.domain.capture.CaptureSettings.Success;
import io.portcullis.domain.capture.CapturedLogin.Asked;
import io.portcullis.domain.capture.CapturedLogin.Meaning;
import io.portcullis.domain.capture.CapturedLogin.Reason;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.domain.login.People;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.SessionSettings;
import io.portcullis.testing.TestClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to a form login: a redirect means success, and a cookie is the credential. */
class CapturedCookieTest {
    private static final Identity KNOWN =
            new Identity(new Account("user", "7"), Optional.of("known@example.com"), Optional.of("editor"));
    private static final String SESSION = "LEGACYSESS=abc; Path=/; HttpOnly";

    private final TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));
    private Success success = Captures.COOKIE;
    private Asked asked = new Asked(Optional.of("known@example.com"), List.of());
    private Map<String, String> body = Map.of();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/dashboard",
                "/app/dashboard?first=1#top",
                "dashboard",
                "./x/../dashboard",
                "https://admin.example.com/app/dashboard",
                "HTTPS://Admin.Example.com/app/dashboard",
            })
    void aRedirectToTheDashboardIsASuccess(String location) {
        var in = letIn(read(302, location, SESSION, "remember=me"));
        assertThat(in.admitted().token()).isEqualTo("abc");
        assertThat(in.admitted().identity()).isEqualTo(KNOWN);
        assertThat(in.admitted().source()).isEqualTo("legacy-login");
    }

    @Test
    void thePersonGoesThereAfterTheCode() {
        assertThat(letIn(read(302, "/app/dashboard?first=1", SESSION)).destination())
                .contains("/app/dashboard"); // a query may be a secret
    }

    @ParameterizedTest
    @CsvSource({
        "302, /app/login?error",
        "302, /app/dashboard/x",
        "302, //other.example.com/app/dashboard",
        "302, https://other.example.com/app/dashboard",
        "302, https://admin.example.com.evil.org/app/dashboard",
        "303, /app/dashboard",
        "200, ''",
        "302, ':'",
    })
    void anythingElseIsAFailureWithoutItsCookies(int status, String location) {
        var away = turnedAway(read(status, location, SESSION, "remember=me", "flash=; Max-Age=0"));
        assertThat(away.values("Set-Cookie")).containsExactly("flash=; Max-Age=0");
        assertThat(away.values("Location")).isNotEmpty();
    }

    @Test
    void aRefusalKeepsItsCookiesButForTheCredential() {
        var away = turnedAway(read(401, "/", "legacysess=abc", SESSION, "theme=dark"));
        assertThat(away.values("Set-Cookie")).containsExactly("theme=dark");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other=1",
                "LEGACYSESS=",
                "LEGACYSESS=abc; Max-Age=0",
                "LEGACYSESS=abc; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                "legacysess=abc",
            })
    void aSuccessWithoutTheCookieIsUnreadable(String setCookie) {
        assertThat(read(302, "/app/dashboard", setCookie)).isEqualTo(new Meaning.Unreadable(Reason.NO_CREDENTIAL));
    }

    /** Tomcat writes the id of a new session behind the path, for a client of which it has seen no cookie yet. */
    @Test
    void aPathParameterBelongsToNoPath() {
        assertThat(read(302, "/app/dashboard;jsessionid=abc?ticket=abc", SESSION))
                .isInstanceOfSatisfying(
                        Meaning.LetIn.class, in -> assertThat(in.destination()).contains("/app/dashboard"));
    }

    @Test
    void aFailureThatRepeatsTheCookieElsewhereIsUnreadable() {
        assertThat(read(302, "/app/login;jsessionid=0123456789", "LEGACYSESS=0123456789"))
                .isEqualTo(new Meaning.Unreadable(Reason.FAILURE_WITH_CREDENTIAL));
        assertThat(read(302, "/app/login?error", "LEGACYSESS=0123456789")).isInstanceOf(Meaning.TurnedAway.class);
    }

    @Test
    void severalCookiesOfTheNameAreUnreadable() {
        assertThat(read(302, "/app/dashboard", SESSION, "LEGACYSESS=def"))
                .isEqualTo(new Meaning.Unreadable(Reason.NO_CREDENTIAL));
    }

    @Test
    void aSessionThatTheClientBroughtIsNeverAdopted() {
        asked = new Asked(Optional.of("known@example.com"), List.of(Carried.cookie("LEGACYSESS", "%61bc")));
        var adopted = new Meaning.Unreadable(Reason.CREDENTIAL_FROM_CLIENT); // in whatever spelling
        assertThat(read(302, "/app/dashboard", SESSION)).isEqualTo(adopted);
        assertThat(read(302, "/app/dashboard", "other=1")).isEqualTo(adopted);
        assertThat(read(302, "/app/dashboard", "LEGACYSESS=new")).isInstanceOf(Meaning.LetIn.class);
    }

    @Test
    void anEmailThatNoTableHasNamesNobody() {
        asked = new Asked(Optional.of("KNOWN@example.com"), List.of());
        assertThat(read(302, "/app/dashboard", SESSION)).isEqualTo(new Meaning.Unreadable(Reason.OF_NOBODY));
        asked = new Asked(Optional.empty(), List.of());
        assertThat(read(302, "/app/dashboard", SESSION)).isEqualTo(new Meaning.Unreadable(Reason.OF_NOBODY));
    }

    @Test
    void aFieldTellsSuccessFromFailure() {
        success = new Success(
                200,
                Optional.empty(),
                Optional.of("LEGACYSESS"),
                Optional.of("/user"),
                Optional.empty(),
                Optional.of(new Field("/ok", "true")));
        body = Map.of("/ok", "true", "/user/id", "9");
        assertThat(letIn(read(200, "/", SESSION)).admitted().identity().account())
                .isEqualTo(new Account("user", "9"));
        body = Map.of("/ok", "false", "/user/id", "9");
        assertThat(turnedAway(read(200, "/", SESSION)).values("Set-Cookie")).isEmpty();
        body = Map.of();
        assertThat(turnedAway(read(200, "/", SESSION)).values("Set-Cookie")).isEmpty();
    }

    @Test
    void aFailureThatIsCompressedCannotBeLookedInto() {
        var answer = new LegacyAnswer(200, List.of(Map.entry("Content-Encoding", "gzip")), new byte[0]);
        assertThat(read(answer)).isEqualTo(new Meaning.Unreadable(Reason.ENCODED));
    }

    private static Meaning.LetIn letIn(Meaning meaning) {
        return assertThat(meaning)
                .asInstanceOf(InstanceOfAssertFactories.type(Meaning.LetIn.class))
                .actual();
    }

    private static LegacyAnswer turnedAway(Meaning meaning) {
        return assertThat(meaning)
                .asInstanceOf(InstanceOfAssertFactories.type(Meaning.TurnedAway.class))
                .actual()
                .answer();
    }

    private Meaning read(int status, String location, String... setCookies) {
        var headers = new ArrayList<Map.Entry<String, String>>();
        headers.add(Map.entry("Location", location));
        for (var setCookie : setCookies) {
            headers.add(Map.entry("Set-Cookie", setCookie));
        }
        return read(new LegacyAnswer(status, headers, new byte[0]));
    }

    private Meaning read(LegacyAnswer answer) {
        var capture = Captures.capture(Captures.FORM, "/app/login", success);
        var told = new Told(body);
        var owner = new CredentialOwner(told, List.of(), List.of(new Table()), SessionSettings.DEFAULTS, clock);
        var captured = new CapturedLogin(
                settings -> {
                    throw new AssertionError("the request was read before");
                },
                told,
                owner,
                List.of(),
                Set.of("LEGACYSESS"),
                Set.of("https://admin.example.com"),
                clock);
        return captured.read(capture, capture.login(), asked, answer);
    }

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

    private record Table() implements People {
        @Override
        public String realm() {
            return "user";
        }

        @Override
        public Optional<Identity> byEmail(String email) {
            return KNOWN.email().filter(email::equals).map(found -> KNOWN);
        }
    }
}
