package io.portcullis.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListenerOptionsTest {
    private static final ListenerSettings SETTINGS = new ListenerSettings(
            "127.0.0.1",
            8080,
            URI.create("https://admin.example.com"),
            Set.of(),
            List.of(),
            false,
            Optional.empty(),
            Set.of(),
            ListenerLimits.DEFAULTS,
            Duration.ofSeconds(10));

    @Test
    void whatIsReadHasLimits() {
        var options = ListenerOptions.of(SETTINGS);
        assertThat(options.isHttp2ClearTextEnabled()).isFalse();
        assertThat(options.getMaxHeaderSize()).isEqualTo(16 * 1024);
        assertThat(options.getMaxInitialLineLength()).isEqualTo(8 * 1024);
        assertThat(options.getMaxChunkSize()).isEqualTo(64 * 1024);
        assertThat(options.isDecompressionSupported()).isFalse();
    }
}
