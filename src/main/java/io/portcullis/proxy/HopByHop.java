package io.portcullis.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Headers that mean one connection only (RFC 9110, section 7.6.1), and those that say how long a body is, which each connection tells anew. */
final class HopByHop {
    static final List<String> NAMES = List.of(
            "Connection",
            "Keep-Alive",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Content-Length",
            "Upgrade",
            "HTTP2-Settings");
    static final String PROXY_PREFIX = "proxy-";

    private static final HeaderNames ALWAYS = new HeaderNames(NAMES, List.of(PROXY_PREFIX));

    /** What was judged is what is sent: a client must not take its credential, or the type of a login, back after the decision. */
    private static final HeaderNames JUDGED =
            new HeaderNames(List.of("Authorization", "Cookie", "Host", "Content-Type", "Content-Encoding"), List.of());

    private HopByHop() {}

    /** The further headers that a {@code Connection} line names; null in the usual case, where it names none. */
    static @Nullable HeaderNames named(MultiMap headers) {
        if (!headers.contains(HttpHeaders.CONNECTION)) {
            return null;
        }
        List<String> names = null;
        for (var line : headers.getAll(HttpHeaders.CONNECTION)) {
            for (var option : line.split(",", -1)) {
                var name = option.strip();
                if (!name.isEmpty()
                        && !name.equalsIgnoreCase("close")
                        && !ALWAYS.contains(name)
                        && !JUDGED.contains(name)) {
                    names = names == null ? new ArrayList<>() : names;
                    names.add(name);
                }
            }
        }
        return names == null ? null : new HeaderNames(names, List.of());
    }
}
