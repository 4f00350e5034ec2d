package io.portcullis.adapter.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.Base64URL;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.spec.NamedParameterSpec;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which keys of a JWK set are for an algorithm, and EdDSA. */
class JwkTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Tokens.NOW);
    private static final Keys RSA = Keys.rsa("rsa", 2048);
    private static final Keys EC = Keys.p256("ec");
    private static final Keys ED = Keys.ed25519("ed");

    static Stream<Arguments> usable() {
        return Stream.of(
                Arguments.of("RS256", RSA),
                Arguments.of("RS512", RSA),
                Arguments.of("ES256", EC),
                Arguments.of("EdDSA", ED),
                Arguments.of("RS256", RSA.with("use", "sig")),
                Arguments.of("ES256", EC.with("key_ops", new JsonArray().add("verify"))),
                Arguments.of("ES256", EC.with("alg", "ES256")),
                Arguments.of("EdDSA", ED.with("alg", "EdDSA")),
                Arguments.of("EdDSA", ED.with("alg", "Ed25519")));
    }

    @ParameterizedTest
    @MethodSource
    void usable(String algorithm, Keys key) {
        assertThat(Jwk.usable(algorithm, Keys.set(key).getBytes(UTF_8))).hasSize(1);
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("RS256", EC),
                Arguments.of("ES256", RSA),
                Arguments.of("ES384", EC),
                Arguments.of("EdDSA", EC),
                Arguments.of("ES256", ED),
                Arguments.of("RS256", Keys.rsa("short", 1024)),
                Arguments.of("RS256", RSA.with("use", "enc")),
                Arguments.of("RS256", RSA.with("key_ops", new JsonArray().add("encrypt"))),
                Arguments.of("RS256", RSA.with("alg", "RS512")),
                Arguments.of("RS256", RSA.with("alg", "RSA-OAEP")),
                Arguments.of("RS256", RSA.with("kty", "oct")),
                Arguments.of("ES256", EC.with("x", EC.jwk().getString("y"))), // no point of the curve
                Arguments.of("ES256", EC.with("crv", "secp256k1")),
                Arguments.of("EdDSA", ED.with("crv", "X25519")),
                Arguments.of("EdDSA", ED.with("crv", "Ed448")),
                Arguments.of("EdDSA", ED.with("x", "AAAA")),
                Arguments.of("EdDSA", ED.with("kid", 7)),
                Arguments.of("HS256", ED.with("kty", "oct").with("k", "A".repeat(64))));
    }

    /** One that is no use does not spoil the set. */
    @ParameterizedTest
    @MethodSource
    void unusable(String algorithm, Keys key) {
        assertThat(Jwk.usable(algorithm, Keys.set(key).getBytes(UTF_8))).isEmpty();
        assertThat(Jwk.usable("EdDSA", Keys.set(key, Keys.ed25519("good")).getBytes(UTF_8)))
                .extracting(Jwk::kid)
                .contains(java.util.Optional.of("good"));
    }

    @Test
    void theConfigMayHaveAPublicKeyAsJwk() {
        for (var key : new Keys[] {RSA, EC, ED}) {
            var source = Tokens.source(key.algorithm(), key.jwk().encodePrettily(), CLOCK);
            assertThat(source.recognize(key.token(CLOCK))).isPresent();
        }
        assertThatThrownBy(() -> JwtKey.of("ES256", RSA.jwk().encode()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the JSON Web Key is no key of ES256");
    }

    @Test
    void aPublicKeyIsNoSecretInAnySpelling() {
        var der = ED.pair().getPublic().getEncoded();
        for (var text : new String[] {
            ED.jwk().encode(), RSA.jwk().encodePrettily(), Base64.getEncoder().encodeToString(der)
        }) {
            assertThatThrownBy(() -> JwtKey.of("HS256", text)).hasMessageContaining("no secret");
        }
    }

    @Test
    void ed25519Signatures() {
        var source = Tokens.source("EdDSA", Tokens.pem(ED.pair().getPublic()), CLOCK);
        assertThat(source.recognize(ED.token(CLOCK))).isPresent();
        assertThat(source.recognize(Keys.ed25519("ed").token(CLOCK))).isEmpty();
        assertThat(source.recognize(ED.token(new JsonObject().put("alg", "Ed25519"), Tokens.claims())))
                .isEmpty();
    }

    /** RFC 8032, 5.1.7: without the check of S anybody could give a token a second signature. */
    @Test
    void anEd25519SignatureHasOneSpelling() {
        var order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        var token = ED.token(CLOCK);
        int dot = token.lastIndexOf('.');
        var signature = new Base64URL(token.substring(dot + 1)).decode();
        assertThat(signature).hasSize(64);
        var s = new BigInteger(1, reversed(Arrays.copyOfRange(signature, 32, 64)));
        var more = reversed(s.add(order).toByteArray());
        var respelled = Arrays.copyOf(signature, 64);
        Arrays.fill(respelled, 32, 64, (byte) 0);
        System.arraycopy(more, 0, respelled, 32, Math.min(more.length, 32));

        var source = Tokens.source("EdDSA", Tokens.pem(ED.pair().getPublic()), CLOCK);
        for (var wrong : new byte[][] {
            respelled, Arrays.copyOf(signature, 63), Arrays.copyOf(signature, 65), new byte[64], new byte[0]
        }) {
            assertThat(source.recognize(token.substring(0, dot + 1) + Tokens.part(wrong)))
                    .isEmpty();
        }
        assertThat(source.recognize(token)).isPresent();
    }

    @Test
    void anotherEdwardsCurveIsRefused() throws Exception {
        var generator = java.security.KeyPairGenerator.getInstance("EdDSA");
        generator.initialize(NamedParameterSpec.ED448);
        var pem = Tokens.pem(generator.generateKeyPair().getPublic());
        assertThatThrownBy(() -> JwtKey.of("EdDSA", pem)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] reversed(byte[] bytes) {
        var reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
