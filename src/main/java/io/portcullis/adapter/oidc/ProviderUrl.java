package io.portcullis.adapter.oidc;

import java.net.URI;
import java.util.Set;

/** Which addresses of a provider are called, or shown to a browser. */
final class ProviderUrl {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private ProviderUrl() {}

    /** Only https: codes, secrets and identities go there. What stays on this machine needs none. */
    static boolean isSafe(URI url) {
        return url.getHost() != null
                && ("https".equals(url.getScheme())
                        || ("http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost())));
    }
}
