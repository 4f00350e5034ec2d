package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyBackend;
import io.portcullis.demo.LegacyTokens;
import io.portcullis.testing.Answer;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that are not what they claim to be, and more of them than one. */
@ExtendWith(TestGateways.class)
class BadTokenIT {
    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery("another signature", token -> token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(43)),
                forgery("no signature", token -> token.substring(0, token.lastIndexOf('.') + 1)),
                forgery("other claims", token -> head(token) + "." + tampered(token) + "." + signature(token)),
                forgery("alg none", token -> encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + claims(token) + "."),
                forgery(
                        "alg NoNe with the signature",
                        token -> encoded("{\"alg\":\"NoNe\"}") + "." + claims(token) + "." + signature(token)),
                forgery(
                        "another algorithm",
                        token -> signed("{\"alg\":\"HS512\"}", claims(token), LegacyBackend.DEMO_JWT_SECRET)),
                forgery(
                        "another key",
                        token -> signed("{\"alg\":\"HS256\"}", claims(token), "another-secret-of-at-least-32-bytes")),
                forgery(
                        "another audience",
                        token -> signed(
                                "{\"alg\":\"HS256\"}",
                                encoded(decoded(claims(token)).replace("admin-api", "shop-api")),
                                LegacyBackend.DEMO_JWT_SECRET)),
                forgery(
                        "another issuer",
                        token -> signed(
                                "{\"alg\":\"HS256\"}",
                                encoded(decoded(claims(token)).replace("\"iss\":\"legacy\"", "\"iss\":\"other\"")),
                                LegacyBackend.DEMO_JWT_SECRET)),
                forgery("rubbish", token -> "rubbish"),
                forgery("two dots", token -> ".."),
                forgery("a trailing dot", token -> token + "."),
                forgery("padding", token -> token + "="),
                forgery("very long", token -> "e".repeat(10_000)));
    }

    private static Arguments forgery(String name, UnaryOperator<String> forge) {
        return Arguments.of(name, forge);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void opensNothing(String name, UnaryOperator<String> forge, TestGateway gateway) {
        var alice = gateway.loggedIn();
        var thief = alice.holding(forge.apply(alice.token()));
        refused(thief.get("/admin/metrics"));
        refused(thief.get("/users/hello"));
        refused(thief.get("/auth/me"));
        refused(thief.startSetup("totp"));
        assertThat(alice.get("/users/hello").status()).isEqualTo(200);
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("AUTH_REQUIRED");
        assertThat(answer.text()).doesNotContain("Exception");
    }

    /** Whoever logs out a token logs out every spelling of it. */
    @Test
    void anotherSpellingOfALoggedOutToken(TestGateway gateway) {
        var alice = gateway.loggedIn();
        var token = alice.token();
        alice.logout();
        char last = token.charAt(token.length() - 1); // two of its six bits count for nothing
        for (char other : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
            if (other != last) {
                var spelled = token.substring(0, token.length() - 1) + other;
                assertThat(alice.holding(spelled).get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
            }
        }
    }

    @Test
    void anExpiredToken(TestGateway gateway) {
        var token = gateway.token(1, "admin", Duration.ofMinutes(-5));
        var alice = gateway.nobody().holding(token);
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("SESSION_EXPIRED");
        assertThat(alice.startSetup("totp").code()).isEqualTo("SESSION_EXPIRED");
    }

    @Test
    void aTokenOfTheFuture(TestGateway gateway) {
        var early = new LegacyTokens(
                        LegacyBackend.DEMO_JWT_SECRET,
                        () -> gateway.clock().instant().plus(Duration.ofMinutes(5)))
                .issue(new LegacyAccount(1, "a@example.com", "admin", ""), Duration.ofHours(1));
        refused(gateway.nobody().holding(early).get("/admin/metrics"));
    }

    @Test
    void severalCredentialsAreOfOneAccountAndTheStrongestIsJudged(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var weak = gateway.again(alice);
        var both = weak.with("Cookie", "access_token=" + alice.token());
        assertThat(weak.get("/admin/inspect").code()).isEqualTo("2FA_REQUIRED");
        var seen = both.get("/admin/inspect");
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.text()).contains(alice.token()).doesNotContain(weak.token());
        assertThat(alice.with("Cookie", "access_token=" + weak.token())
                        .get("/admin/inspect")
                        .text())
                .contains(alice.token())
                .doesNotContain(weak.token());
    }

    @Test
    void credentialsOfTwoAccountsAreRefused(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        var bob = gateway.loggedIn().enrolled();
        var both = alice.with("Cookie", "access_token=" + bob.token());
        assertThat(both.get("/admin/metrics").code()).isEqualTo("INVALID_REQUEST");
        assertThat(both.get("/auth/me").code()).isEqualTo("INVALID_REQUEST");
        var twoHeaders = RawHttp.get(
                gateway.port(),
                "/admin/metrics",
                "Authorization: Bearer " + alice.token(),
                "Authorization: Bearer " + bob.token());
        assertThat(twoHeaders.code()).isEqualTo("INVALID_REQUEST");
        var twoCookies =
                gateway.nobody().with("Cookie", "access_token=" + alice.token() + "; access_token=" + bob.token());
        assertThat(twoCookies.get("/admin/metrics").code()).isEqualTo("INVALID_REQUEST");
    }

    private static String head(String token) {
        return token.split("\\.", -1)[0];
    }

    private static String claims(String token) {
        return token.split("\\.", -1)[1];
    }

    private static String signature(String token) {
        return token.split("\\.", -1)[2];
    }

    private static String tampered(String token) {
        return encoded(decoded(claims(token)).replace("\"role\":\"admin\"", "\"role\":\"superAdmin\""));
    }

    private static String signed(String header, String claims, String secret) {
        try {
            var algorithm = header.contains("HS512") ? "HmacSHA512" : "HmacSHA256";
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            var text = encoded(header) + "." + claims;
            return text + "."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
