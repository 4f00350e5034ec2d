package io.portcullis.listener;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The public listener.
 *
 * @param publicUrl origin that people see, without a path; links and redirects are made from it
 * @param allowedHosts values of {@code Host} that are served, without a port, in lower case
 * @param trustedProxies networks in CIDR form whose forwarding headers are believed
 * @param proxyProtocol whether connections from {@code trustedProxies} begin with a PROXY header
 * @param tls empty for plain HTTP
 * @param corsOrigins exact origins
 * @param shutdown how long requests in flight may take to finish
 */
public record ListenerSettings(
        String host,
        int port,
        URI publicUrl,
        Set<String> allowedHosts,
        List<String> trustedProxies,
        boolean proxyProtocol,
        Optional<TlsSettings> tls,
        Set<String> corsOrigins,
        ListenerLimits limits,
        Duration shutdown) {
    public ListenerSettings {
        allowedHosts = Set.copyOf(allowedHosts);
        trustedProxies = List.copyOf(trustedProxies);
        corsOrigins = Set.copyOf(corsOrigins);
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("server.port is from 0 to 65535");
        }
        if (proxyProtocol && trustedProxies.isEmpty()) {
            throw new IllegalArgumentException(
                    "server.proxyProtocol needs server.trustedProxies: the networks whose PROXY headers are believed");
        }
    }
}
