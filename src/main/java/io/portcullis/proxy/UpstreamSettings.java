package io.portcullis.proxy;

import java.time.Duration;

/**
 * One legacy backend.
 *
 * @param timeout how long its answer may take to begin, and how long a body may stand still in either direction
 * @param maxConnections for each event loop
 * @param keepHost whether it sees the client's {@code Host}; else its own
 */
public record UpstreamSettings(
        String name,
        String host,
        int port,
        Duration timeout,
        Duration connectTimeout,
        int maxConnections,
        boolean keepHost) {
    public UpstreamSettings {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("upstreams." + name + ".timeout is more than 0s");
        }
        if (!connectTimeout.isPositive()) {
            throw new IllegalArgumentException("upstreams." + name + ".connectTimeout is more than 0s");
        }
        if (maxConnections < 1 || maxConnections > 10_000) {
            throw new IllegalArgumentException("upstreams." + name + ".maxConnections is from 1 to 10000");
        }
    }
}
