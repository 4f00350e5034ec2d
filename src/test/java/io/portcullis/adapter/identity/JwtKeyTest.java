package io.portcullis.adapter.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures by key and algorithm, and all that only looks like one. */
class JwtKeyTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Tokens.NOW);
    private static final KeyPair RSA = rsa(2048);
    private static final KeyPair P256 = ec("secp256r1");
    private static final KeyPair P384 = ec("secp384r1");

    @ParameterizedTest
    @CsvSource({"HS256, HmacSHA256", "HS384, HmacSHA384", "HS512, HmacSHA512"})
    void secretsOfEverySize(String algorithm, String mac) {
        var secret = "a secret of the legacy backend, long enough";
        var token = Tokens.hmac(mac, secret, new JsonObject().put("alg", algorithm), Tokens.claims());
        assertThat(accepts(algorithm, secret, token)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"RS256, SHA256withRSA", "RS384, SHA384withRSA", "RS512, SHA512withRSA"})
    void rsaSignatures(String algorithm, String signature) throws GeneralSecurityException {
        var token = Tokens.signed(signature, algorithm, RSA.getPrivate());
        assertThat(accepts(algorithm, Tokens.pem(RSA.getPublic()), token)).isTrue();
        assertThat(accepts(algorithm, Tokens.pem(rsa(2048).getPublic()), token)).isFalse();
    }

    @Test
    void theTwinOfAnEcdsaSignatureIsTheSameCredential() throws Exception {
        var token = Tokens.signed("SHA256withECDSAinP1363Format", "ES256", P256.getPrivate());
        var parts = token.split("\\.", -1);
        var signature = java.util.Base64.getUrlDecoder().decode(parts[2]);
        var order = ((java.security.interfaces.ECPublicKey) P256.getPublic())
                .getParams()
                .getOrder();
        var s = new java.math.BigInteger(1, java.util.Arrays.copyOfRange(signature, 32, 64));
        var mirrored = order.subtract(s).toByteArray();
        var twin = java.util.Arrays.copyOf(signature, 64);
        java.util.Arrays.fill(twin, 32, 64, (byte) 0);
        int skipped = Math.max(0, mirrored.length - 32);
        int length = mirrored.length - skipped;
        System.arraycopy(mirrored, skipped, twin, 64 - length, length);

        var source = Tokens.source("ES256", Tokens.pem(P256.getPublic()), java.time.InstantSource.fixed(Tokens.NOW));
        var respelled = parts[0] + "." + parts[1] + "."
                + java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(twin);
        assertThat(respelled).isNotEqualTo(token);
        assertThat(source.recognize(respelled))
                .isEqualTo(source.recognize(token))
                .isPresent();
    }

    @Test
    void ecdsaSignatures() throws GeneralSecurityException {
        var es256 = Tokens.signed("SHA256withECDSAinP1363Format", "ES256", P256.getPrivate());
        assertThat(accepts("ES256", Tokens.pem(P256.getPublic()), es256)).isTrue();
        assertThat(accepts("ES256", Tokens.pem(ec("secp256r1").getPublic()), es256))
                .isFalse();
        var es384 = Tokens.signed("SHA384withECDSAinP1363Format", "ES384", P384.getPrivate());
        assertThat(accepts("ES384", Tokens.pem(P384.getPublic()), es384)).isTrue();
    }

    @Test
    void ecdsaInAsn1IsAnotherSpellingAndNoSignature() throws GeneralSecurityException {
        var token = Tokens.signed("SHA256withECDSA", "ES256", P256.getPrivate());
        assertThat(accepts("ES256", Tokens.pem(P256.getPublic()), token)).isFalse();
    }

    /** CVE-2022-21449: r and s zero. */
    @Test
    void aPsychicSignatureIsNone() {
        var token = Tokens.part(new JsonObject().put("alg", "ES256")) + "." + Tokens.part(Tokens.claims()) + "."
                + Tokens.part(new byte[64]);
        assertThat(accepts("ES256", Tokens.pem(P256.getPublic()), token)).isFalse();
    }

    static Stream<String> knownToAnybody() {
        var der = RSA.getPublic().getEncoded();
        var pem = Tokens.pem(RSA.getPublic());
        return Stream.of(
                pem,
                pem.strip(),
                " \n" + pem,
                Base64.getEncoder().encodeToString(der),
                Base64.getMimeEncoder().encodeToString(P256.getPublic().getEncoded()),
                Tokens.pem("CERTIFICATE", der));
    }

    @ParameterizedTest
    @MethodSource
    void knownToAnybody(String publicKey) {
        assertThatThrownBy(() -> JwtKey.of("HS256", publicKey))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no secret");
        var confused = Tokens.hmac("HmacSHA256", publicKey, Tokens.HEADER, Tokens.claims());
        assertThat(accepts("RS256", Tokens.pem(RSA.getPublic()), confused)).isFalse();
        var mislabelled = Tokens.hmac("HmacSHA256", publicKey, new JsonObject().put("alg", "RS256"), Tokens.claims());
        assertThat(accepts("RS256", Tokens.pem(RSA.getPublic()), mislabelled)).isFalse();
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("RS256", ""),
                Arguments.of("RS256", "a secret, hunter2, that is long enough for HMAC"),
                Arguments.of("RS256", Tokens.pem("PUBLIC KEY", "hunter2".getBytes(UTF_8))),
                Arguments.of("RS256", Tokens.pem("CERTIFICATE", "hunter2".getBytes(UTF_8))),
                Arguments.of("RS256", Tokens.pem("PRIVATE KEY", RSA.getPrivate().getEncoded())),
                Arguments.of("RS256", Tokens.pem(P256.getPublic())),
                Arguments.of("RS256", Tokens.pem(rsa(1024).getPublic())),
                Arguments.of("ES256", Tokens.pem(RSA.getPublic())),
                Arguments.of("ES256", Tokens.pem(P384.getPublic())),
                Arguments.of("ES384", Tokens.pem(P256.getPublic())));
    }

    @ParameterizedTest
    @MethodSource
    void unusable(String algorithm, String key) {
        assertThatThrownBy(() -> JwtKey.of(algorithm, key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aCertificateIsTakenForItsKey(@TempDir Path directory) throws Exception {
        var file = directory.resolve("keys.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "k",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=legacy",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        made.getInputStream().readAllBytes();
        assertThat(made.waitFor()).isZero();
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        var token = Tokens.signed("SHA256withRSA", "RS256", (PrivateKey) store.getKey("k", "changeit".toCharArray()));
        var pem = Tokens.pem("CERTIFICATE", store.getCertificate("k").getEncoded());
        assertThat(accepts("RS256", pem, token)).isTrue();
    }

    private static boolean accepts(String algorithm, String key, String token) {
        return Tokens.source(algorithm, key, CLOCK).recognize(token).isPresent();
    }

    private static KeyPair rsa(int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair ec(String curve) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
