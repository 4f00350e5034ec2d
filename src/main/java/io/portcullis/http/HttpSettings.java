package io.portcullis.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The public listener.
 *
 * @param publicUrl origin that people see, without a path; links and redirects are made from it
 * @param allowedHosts values of {@code Host} that are served, without a port, in lower case
 * @param trustedProxies networks in CIDR form whose forwarding headers are believed
 * @param corsOrigins exact origins
 * @param headerLimit bytes of one request head
 * @param shutdown how long requests in flight may take to finish
 */
public record HttpSettings(
        String host,
        int port,
        URI publicUrl,
        Set<String> allowedHosts,
        List<String> trustedProxies,
        Set<String> corsOrigins,
        int headerLimit,
        Duration shutdown) {
    public HttpSettings {
        allowedHosts = Set.copyOf(allowedHosts);
        trustedProxies = List.copyOf(trustedProxies);
        corsOrigins = Set.copyOf(corsOrigins);
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("server.port is from 0 to 65535");
        }
        if (headerLimit < 4096 || headerLimit > 65536) {
            throw new IllegalArgumentException("server.limits.header is from 4KiB to 64KiB");
        }
    }
}
