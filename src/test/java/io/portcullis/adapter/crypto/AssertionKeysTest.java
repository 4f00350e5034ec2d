package io.portcullis.adapter.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.testing.SigningKeys;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verified by what the published key set says alone, as a backend would. */
class AssertionKeysTest {
    private static final JsonObject CLAIMS = new JsonObject().put("sub", "42");

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "EC"})
    void thePublishedKeyVerifiesWhatWasSigned(String kind) throws Exception {
        var keys = AssertionKeys.of(SigningKeys.pem(kind, 256));
        var parts = keys.sign(CLAIMS).split("\\.", -1);
        var jwk = keys.jwks().getJsonArray("keys").getJsonObject(0);
        assertThat(SigningKeys.decoded(parts[0]))
                .isEqualTo(new JsonObject()
                        .put("typ", "JWT")
                        .put("alg", kind.equals("EC") ? "ES256" : "EdDSA")
                        .put("kid", jwk.getString("kid")));
        assertThat(SigningKeys.decoded(parts[1])).isEqualTo(CLAIMS);
        assertThat(SigningKeys.verified(jwk, parts[0] + "." + parts[1], parts[2]))
                .isTrue();
        assertThat(SigningKeys.verified(jwk, parts[0] + "." + parts[1] + "x", parts[2]))
                .isFalse();
    }

    @Test
    void theFirstSignsAndAllArePublished() throws Exception {
        var old = SigningKeys.pem("Ed25519", 255);
        var next = SigningKeys.pem("EC", 256);
        var published = AssertionKeys.of(old + "\n" + next).jwks().getJsonArray("keys");
        assertThat(published).hasSize(2);
        assertThat(AssertionKeys.of(old).jwks().getJsonArray("keys").getJsonObject(0))
                .isEqualTo(published.getJsonObject(0));
        var header =
                SigningKeys.decoded(AssertionKeys.of(old + next).sign(CLAIMS).split("\\.", -1)[0]);
        assertThat(header.getString("kid")).isEqualTo(published.getJsonObject(0).getString("kid"));
    }

    @Test
    void nothingPrivateIsPublished() throws Exception {
        for (var kind : new String[] {"Ed25519", "EC"}) {
            assertThat(AssertionKeys.of(SigningKeys.pem(kind, 256))
                            .jwks()
                            .getJsonArray("keys")
                            .getJsonObject(0)
                            .fieldNames())
                    .isSubsetOf("kty", "crv", "x", "y", "use", "alg", "kid");
        }
    }

    @Test
    void anythingElseIsNoKey() throws Exception {
        for (var wrong : new String[] {
            "",
            "secret",
            SigningKeys.pem("RSA", 2048),
            SigningKeys.pem("EC", 384),
            SigningKeys.pem("Ed448", 448),
            SigningKeys.pem("EC", 256) + "secret"
        }) {
            assertThatThrownBy(() -> AssertionKeys.of(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("assertion.keys")
                    .message()
                    .doesNotContain("secret");
        }
    }
}
