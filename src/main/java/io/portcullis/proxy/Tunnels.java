package io.portcullis.proxy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The WebSockets that are open, or about to be, each under the key of its session: when that ends, so do they. For any thread. */
public final class Tunnels {
    private final Map<String, Set<Tunnel>> open = new ConcurrentHashMap<>();

    /** Closes all under a key. One that is added later is not closed: the caller ends the session first. */
    public void closeAll(String key) {
        var closed = open.remove(key);
        if (closed != null) {
            closed.forEach(Tunnel::close);
        }
    }

    /** The keys of what is open now, so that sessions that end by time can be looked up. */
    public List<String> keys() {
        return List.copyOf(open.keySet());
    }

    void add(String key, Tunnel tunnel) {
        open.compute(key, (same, tunnels) -> {
            var more = tunnels == null ? new HashSet<Tunnel>() : new HashSet<>(tunnels);
            more.add(tunnel);
            return more;
        });
    }

    void remove(String key, Tunnel tunnel) {
        open.computeIfPresent(key, (same, tunnels) -> {
            var fewer = new HashSet<>(tunnels);
            fewer.remove(tunnel);
            return fewer.isEmpty() ? null : fewer;
        });
    }
}
