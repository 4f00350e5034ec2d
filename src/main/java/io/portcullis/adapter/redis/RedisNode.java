package io.portcullis.adapter.redis;

/**
 * Where one Redis server or sentinel listens.
 *
 * @param host a name, or an address; IPv6 without brackets
 */
record RedisNode(String host, int port) {
    private static final int HIGHEST_PORT = 65_535;

    RedisNode {
        if (host.isEmpty() || port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("a Redis server needs a host, and a port from 1 to 65535");
        }
    }

    /** Of {@code host:port} as a server names another one. */
    static RedisNode of(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return new RedisNode(hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
