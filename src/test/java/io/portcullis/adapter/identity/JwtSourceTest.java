package io.portcullis.adapter.identity;

import static io.portcullis.adapter.identity.Tokens.HEADER;
import static io.portcullis.adapter.identity.Tokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.account.Account;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.TestClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtSourceTest {
    private static final String SECRET = "a secret of the legacy backend, long enough";

    private final TestClock clock = new TestClock(NOW);
    private final JwtSource source = source("HS256", SECRET);

    @Test
    void aRightTokenNamesItsAccount() {
        var recognized = source.recognize(hmac(claims())).orElseThrow();
        assertThat(recognized.identity().account()).isEqualTo(new Account("admin", "42"));
        assertThat(recognized.identity().email()).contains("alice@example.com");
        assertThat(recognized.identity().role()).contains("superAdmin");
        assertThat(recognized.credential().expiresAt()).isEqualTo(NOW.plusSeconds(3600 + 30));
        assertThat(recognized.amr()).isEmpty();
        assertThat(source.name()).isEqualTo("legacy");
    }

    static Stream<Arguments> right() {
        return Stream.of(
                claimed(
                        "audience among others",
                        c -> c.put("aud", new JsonArray().add("x").add("admin-api"))),
                claimed("a number for a subject", c -> c.put("sub", 42)),
                claimed("nbf within the leeway", c -> c.put("nbf", NOW.getEpochSecond() + 30)),
                claimed("exp within the leeway", c -> c.put("exp", NOW.getEpochSecond() - 29)),
                claimed("exp with a fraction", c -> c.put("exp", NOW.getEpochSecond() + 0.5)),
                claimed("exp beyond all calendars", c -> c.put("exp", 1e300)),
                claimed("typ of an access token", c -> c.put("typ", "Bearer")),
                claimed("token_use of an access token", c -> c.put("token_use", "access")),
                claimed("a type of the backend's own", c -> c.put("type", "admin")),
                headed("no typ", h -> without(h, "typ")),
                headed("typ of an access token", h -> h.put("typ", "at+JWT")),
                headed("a kid, which is not looked at", h -> h.put("kid", "../../dev/null")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void right(String what, JsonObject header, JsonObject claims) {
        assertThat(source.recognize(Tokens.hmac("HmacSHA256", SECRET, header, claims)))
                .hasValueSatisfying(recognized ->
                        assertThat(recognized.identity().account().subject()).isEqualTo("42"));
    }

    /** The client hears only that it is to log in. */
    static Stream<Arguments> told() {
        return Stream.of(
                Arguments.of(
                        "whose alg",
                        Tokens.hmac("HmacSHA256", SECRET, HEADER.copy().put("alg", "HS384"), claims())),
                Arguments.of("whose iss", hmac(claims().put("iss", "another"))),
                Arguments.of("whose aud", hmac(claims().put("aud", "another"))),
                Arguments.of("of the future", hmac(claims().put("nbf", NOW.getEpochSecond() + 90))),
                Arguments.of(
                        "whose signature",
                        Tokens.hmac("HmacSHA256", "another secret that is as long as the first", HEADER, claims())),
                Arguments.of("without the claim that claims.subject", hmac(without(claims(), "sub"))),
                Arguments.of("without exp", hmac(without(claims(), "exp"))),
                Arguments.of("which so has no role", hmac(without(claims(), "realm"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void told(String reason, String token) {
        try (var log = LogCapture.start()) {
            source.recognize(token);
            source.recognize(token);
            assertThat(log.text()).containsOnlyOnce(reason).contains("legacy").doesNotContain(token, "another", SECRET);
        }
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                headed("alg none", h -> h.put("alg", "none")),
                headed("no alg", h -> without(h, "alg")),
                headed("alg in lower case", h -> h.put("alg", "hs256")),
                headed("another HMAC", h -> h.put("alg", "HS384")),
                headed("alg no text", h -> h.put("alg", 256)),
                headed("crit", h -> h.put("crit", new JsonArray().add("exp"))),
                headed("typ of a logout token", h -> h.put("typ", "logout+jwt")),
                headed("typ no text", h -> h.put("typ", 1)),
                claimed("no exp", c -> without(c, "exp")),
                claimed("exp no number", c -> c.put("exp", "9999999999")),
                claimed("nbf in the future", c -> c.put("nbf", NOW.getEpochSecond() + 32)),
                claimed("nbf no number", c -> c.put("nbf", "0")),
                claimed("iat in the future", c -> c.put("iat", NOW.getEpochSecond() + 32)),
                claimed("another issuer", c -> c.put("iss", "other")),
                claimed("no issuer", c -> without(c, "iss")),
                claimed("issuer no text", c -> c.put("iss", new JsonArray().add("legacy"))),
                claimed("another audience", c -> c.put("aud", "user-api")),
                claimed("other audiences", c -> c.put("aud", new JsonArray().add("x"))),
                claimed("no audience", c -> without(c, "aud")),
                claimed("no subject", c -> without(c, "sub")),
                claimed("an empty subject", c -> c.put("sub", "")),
                claimed("a subject with a fraction", c -> c.put("sub", 4.2)),
                claimed("a subject that is an object", c -> c.put("sub", new JsonObject())),
                claimed("a subject with a NUL", c -> c.put("sub", "42\0")),
                claimed("a subject too long", c -> c.put("sub", "4".repeat(256))),
                claimed("an id token", c -> c.put("typ", "ID")),
                claimed("a refresh token by typ", c -> c.put("typ", "Refresh")),
                claimed("a refresh token by token_use", c -> c.put("token_use", "refresh")),
                claimed("a refresh token by type", c -> c.put("type", "refresh")),
                claimed("a refresh token by token_type", c -> c.put("token_type", "refresh")),
                claimed("typ no text", c -> c.put("typ", 1)),
                claimed("longer than 8 KiB", c -> c.put("x", "x".repeat(8192))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void wrong(String what, JsonObject header, JsonObject claims) {
        assertThat(source.recognize(Tokens.hmac("HmacSHA256", SECRET, header, claims)))
                .isEmpty();
    }

    static Stream<String> misshapen() {
        var token = Tokens.hmac("HmacSHA256", SECRET, HEADER, claims());
        var parts = token.split("\\.", -1);
        var none = Tokens.part(new JsonObject().put("alg", "none"));
        return Stream.of(
                "",
                ".",
                "..",
                "an opaque credential",
                parts[0] + "." + parts[1],
                parts[0] + "." + parts[1] + ".",
                none + "." + parts[1],
                none + "." + parts[1] + ".",
                none + "." + parts[1] + "." + parts[2],
                token + ".",
                token + "=",
                token + "." + parts[2],
                "." + token,
                " " + token,
                token + "\n",
                parts[0] + ".." + parts[2],
                parts[0] + "." + parts[2] + "." + parts[1],
                parts[0] + "." + Tokens.part("[]") + "." + parts[2],
                Tokens.part("null") + "." + parts[1] + "." + parts[2],
                token.substring(0, token.length() - 1) + respelled(token.charAt(token.length() - 1)));
    }

    @ParameterizedTest
    @MethodSource
    void misshapen(String token) {
        assertThat(source.recognize(token)).isEmpty();
    }

    @Test
    void aClaimChangedAfterTheSigningIsNoToken() {
        var parts = hmac(claims()).split("\\.", -1);
        var raised = Tokens.part(claims().put("sub", "1"));
        assertThat(source.recognize(parts[0] + "." + raised + "." + parts[2])).isEmpty();
    }

    @Test
    void aSubjectWithHalfACharacterIsNone() {
        var half = claims().encode().replace("\"42\"", "\"42\\ud83d\"");
        assertThat(source.recognize(Tokens.hmac("HmacSHA256", SECRET, HEADER.encode(), half)))
                .isEmpty();
    }

    @Test
    void anotherKeyIsNoKey() {
        assertThat(source.recognize(
                        Tokens.hmac("HmacSHA256", "another secret that is as long as the first", HEADER, claims())))
                .isEmpty();
    }

    @Test
    void aGenuineTokenThatExpiredIsToldAsExpired() {
        var token = hmac(claims());
        clock.advance(Duration.ofSeconds(3630));
        assertThatThrownBy(() -> source.recognize(token)).hasMessage("SESSION_EXPIRED");
    }

    @Test
    void anExpiredTokenThatIsNotGenuineIsNoToken() {
        var old = claims().put("exp", 1);
        assertThat(source.recognize(
                        Tokens.hmac("HmacSHA256", "another secret that is as long as the first", HEADER, old)))
                .isEmpty();
        assertThat(source.recognize(hmac(old.copy().put("iss", "other")))).isEmpty();
    }

    @Test
    void anEmailOrRoleThatIsNoTextIsNone() {
        var recognized = source.recognize(
                        hmac(claims().put("email", 1).put("realm", new JsonObject().put("role", "admin\r\nX: y"))))
                .orElseThrow();
        assertThat(recognized.identity().email()).isEmpty();
        assertThat(recognized.identity().role()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "31 bytes, which is one too few."})
    void aSecretThatIsTooShortIsRefused(String secret) {
        assertThatThrownBy(() -> source("HS256", secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "", "hs256", "PS256", "ES512", "eddsa"})
    void anotherAlgorithmIsRefused(String algorithm) {
        assertThatThrownBy(() -> source(algorithm, SECRET)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String hmac(JsonObject claims) {
        return Tokens.hmac("HmacSHA256", SECRET, HEADER, claims);
    }

    private JwtSource source(String algorithm, String key) {
        return Tokens.source(algorithm, key, clock);
    }

    private static JsonObject claims() {
        return Tokens.claims();
    }

    private static Arguments claimed(String what, UnaryOperator<JsonObject> change) {
        return Arguments.of(what, HEADER, change.apply(claims()));
    }

    private static Arguments headed(String what, UnaryOperator<JsonObject> change) {
        return Arguments.of(what, change.apply(HEADER.copy()), claims());
    }

    private static JsonObject without(JsonObject json, String name) {
        json.remove(name);
        return json;
    }

    /** The same bits: the last letter of 43 stands for four bits and two that nobody reads. */
    private static char respelled(char last) {
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return alphabet.charAt(alphabet.indexOf(last) + 1);
    }
}
