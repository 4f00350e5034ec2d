package io.portcullis.proxy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One legacy backend, at one place or at several that serve alike.
 *
 * @param targets at least one
 * @param tls empty for plain HTTP
 * @param timeout how long its answer may take to begin, and how long a body may stand still in either direction
 * @param bodyRate bytes a second that the body of a request has at least, over any {@code timeout}; 0 for any
 * @param maxConnections for each event loop and target
 * @param keepHost whether it sees the client's {@code Host}; else that of the target
 * @param retries how often a request that is safe to repeat may be sent once more
 */
public record UpstreamSettings(
        String name,
        List<Target> targets,
        Optional<Tls> tls,
        Duration timeout,
        int bodyRate,
        Duration connectTimeout,
        int maxConnections,
        boolean keepHost,
        int retries,
        HealthSettings health) {

    /**
     * Where it listens.
     *
     * @param host a name or an address, an IPv6 one without brackets
     * @param weight its share of the requests beside the weights of the others
     */
    public record Target(String host, int port, int weight) {
        public Target {
            if (weight < 1 || weight > 100) {
                throw new IllegalArgumentException("weight is from 1 to 100");
            }
        }

        /** Whether it is an address rather than a name: all that has a colon is IPv6. */
        boolean isAddress() {
            return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        }

        String bracketed() {
            return host.indexOf(':') < 0 ? host : "[" + host + "]";
        }
    }

    /**
     * How its certificate is judged.
     *
     * @param ca certificates in PEM that are trusted in place of the system's
     * @param serverName the name that is asked for and that the certificate must have; empty for the host of the target
     */
    public record Tls(Optional<String> ca, Optional<String> serverName) {}

    public UpstreamSettings {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("upstreams." + name + ".targets is empty");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("upstreams." + name + ".timeout is more than 0s");
        }
        if (bodyRate > 1024 * 1024) {
            throw new IllegalArgumentException("upstreams." + name + ".bodyRate is up to 1MiB");
        }
        if (!connectTimeout.isPositive()) {
            throw new IllegalArgumentException("upstreams." + name + ".connectTimeout is more than 0s");
        }
        if (maxConnections < 1 || maxConnections > 10_000) {
            throw new IllegalArgumentException("upstreams." + name + ".maxConnections is from 1 to 10000");
        }
        if (retries < 0 || retries > 3) {
            throw new IllegalArgumentException("upstreams." + name + ".retries is from 0 to 3");
        }
        var authorities = new HashSet<String>();
        for (var target : targets) {
            if (!authorities.add(target.host().toLowerCase(Locale.ROOT) + " " + target.port())) {
                throw new IllegalArgumentException(
                        "upstreams." + name + ".targets has one twice; give it a larger weight instead");
            }
        }
    }

    /** {@code http} or {@code https}. */
    public String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    /** What a target calls itself in {@code Host}: without the port where that is the usual one. */
    public String authority(Target target) {
        return target.port() == (tls.isPresent() ? 443 : 80)
                ? target.bracketed()
                : target.bracketed() + ":" + target.port();
    }
}
