package io.portcullis.testing.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MergedYamlTest {
    @Test
    void mappingsAreMergedAndTheRestIsReplaced() {
        var document = """
                server: {port: '${PORT:-8080}', host: 127.0.0.1}
                methods: [totp, email]
                flag: off
                """;
        var merged = MergedYaml.of(document, "{server: {host: localhost}, methods: [totp], new: 10m}");
        assertThat(merged).isEqualTo("""
                server: {port: '${PORT:-8080}', host: localhost}
                methods: [totp]
                flag: off
                new: 10m
                """);
    }

    @Test
    void withoutChangesItIsTheDocument() {
        assertThat(MergedYaml.of("a: 1 # one", "")).isEqualTo("a: 1 # one");
    }
}
