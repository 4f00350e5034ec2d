package io.portcullis.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.LocalListener;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListenerOptionsTest {
    @Test
    void whatIsReadHasLimits() {
        var options = ListenerOptions.of(LocalListener.settings(ListenerLimits.DEFAULTS, Optional.empty()));
        assertThat(options.isHttp2ClearTextEnabled()).isFalse();
        assertThat(options.getMaxHeaderSize()).isEqualTo(16 * 1024);
        assertThat(options.getMaxInitialLineLength()).isEqualTo(8 * 1024);
        assertThat(options.getMaxChunkSize()).isEqualTo(64 * 1024);
        assertThat(options.isDecompressionSupported()).isFalse();
    }
}
