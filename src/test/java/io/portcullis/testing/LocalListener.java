package io.portcullis.testing;

import io.portcullis.listener.ListenerLimits;
import io.portcullis.listener.ListenerSettings;
import io.portcullis.listener.TlsSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A listener on a free port of this machine that trusts no proxy. */
public final class LocalListener {
    private LocalListener() {}

    public static ListenerSettings settings(ListenerLimits limits, Optional<TlsSettings> tls) {
        return new ListenerSettings(
                "127.0.0.1",
                0,
                URI.create("https://admin.example.com"),
                Set.of(),
                List.of(),
                false,
                tls,
                Set.of(),
                limits,
                Duration.ofSeconds(10));
    }
}
