package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.SigningKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssertionConfigTest {
    private static final String ASKED_FOR = Configs.LEAST.replace("9000 }", "9000, assertion: admin-api }");

    @TempDir
    Path folder;

    private List<String> problems(String yaml, String key) {
        return Configs.problems(folder, yaml, Map.of("KEY", key));
    }

    @Test
    void goesToTheUpstreamsThatAskForIt() throws Exception {
        var key = SigningKeys.pem("EC", 256);
        var settings = Configs.valid(
                folder,
                ASKED_FOR
                                .replace("rules:", "  other: { url: http://127.0.0.1:9001 }\nrules:")
                                .replace("access: public }", "access: public, upstream: legacy }")
                        + "assertion: { keys: \"${KEY}\" }\n",
                Map.of("KEY", key));
        var assertion = settings.assertion().orElseThrow();
        assertThat(assertion.audiences()).isEqualTo(Map.of("legacy", "admin-api"));
        assertThat(assertion.ttl()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void needsAKey() {
        assertThat(problems(ASKED_FOR, ""))
                .containsExactly("3:52: /upstreams/legacy/assertion: needs assertion.keys to sign with,"
                        + " made by: portcullis keys assertion");
    }

    @Test
    void aKeyOfAnotherKindIsToldWithoutItsText() throws Exception {
        assertThat(problems(ASKED_FOR + "assertion: { keys: \"${KEY}\" }\n", SigningKeys.pem("RSA", 2048)))
                .containsExactly("6:20: /assertion/keys: holds a key that is neither Ed25519 nor EC on P-256");
    }

    @Test
    void livesNeitherTooShortNorTooLong() throws Exception {
        var key = SigningKeys.pem("Ed25519", 255);
        for (var ttl : new String[] {"9s", "11m"}) {
            assertThat(problems(ASKED_FOR + "assertion: { keys: \"${KEY}\", ttl: " + ttl + " }\n", key))
                    .containsExactly("6:35: /assertion/ttl: is from 10s to 10m");
        }
    }
}
