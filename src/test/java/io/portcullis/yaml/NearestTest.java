package io.portcullis.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KNOWN = List.of("host", "port", "publicUrl", "trustedProxies", "tls");

    @ParameterizedTest
    @CsvSource({
        "prot, port",
        "ports, port",
        "prt, port",
        "pord, port",
        "hots, host",
        "public_url, publicUrl",
        "public-url, publicUrl",
        "PublicURL, publicUrl",
        "trustedProxie, trustedProxies",
    })
    void aSlipIsUnderstood(String word, String meant) {
        assertThat(Nearest.to(word, KNOWN)).contains(meant);
    }

    @Test
    void anotherWordIsNotGuessedAt() {
        assertThat(Nearest.to("listen", KNOWN)).isEmpty();
        assertThat(Nearest.to("xyz", KNOWN)).isEmpty();
    }
}
