package io.portcullis.http;

import io.netty.util.NetUtil;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the gateway itself finds out about a request: its id, the client's address, the host it was sent to. One for each event loop. */
public final class Origins {
    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");
    private static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");

    /** RFC 9110, section 7.2. Backends make links of it, so nothing else may stand behind the name than a port. */
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[0-9A-Za-z._-]+)(:[0-9]{1,5})?");

    private final Set<String> allowedHosts;
    private final List<CidrBlock> trustedProxies;
    private final String own;
    private @Nullable String lastServed;

    /**
     * Serves these hosts, and believes the forwarding headers of these networks.
     *
     * @param overTls whether the listener speaks TLS
     * @throws IllegalArgumentException when one is no network
     */
    public Origins(Set<String> allowedHosts, List<String> trustedProxies, boolean overTls) {
        own = overTls ? "https" : "http";
        this.allowedHosts = Set.copyOf(allowedHosts);
        this.trustedProxies = trustedProxies.stream().map(CidrBlock::parse).toList();
    }

    public RequestOrigin of(HttpServerRequest request) {
        var peer = request.remoteAddress().hostAddress();
        boolean trusted = trusted(peer);
        var host = request.getHeader(HttpHeaders.HOST);
        return new RequestOrigin(
                requestId(),
                trusted ? client(peer, request.headers().getAll(FORWARDED_FOR)) : peer,
                scheme(request, trusted),
                host == null ? "" : host);
    }

    /**
     * Makes sure that the request is for a host that is served here.
     *
     * @throws Refused {@code MisdirectedRequest}, or {@code InvalidRequest} for more than one {@code Host}
     */
    public void checkHost(HttpServerRequest request) {
        checkHost(request.headers().getAll(HttpHeaders.HOST));
    }

    /** The same for what was sent as {@code Host} to somebody before us. */
    public void checkHost(List<String> hosts) {
        if (hosts.size() > 1) {
            throw new Refused(Problem.InvalidRequest.field("Host", "send one Host header"));
        }
        if (hosts.size() == 1 && hosts.getFirst().equals(lastServed)) {
            return; // nearly every request is for the host of the one before
        }
        if (hosts.isEmpty()
                || !HOST.matcher(hosts.getFirst()).matches()
                || !allowedHosts.contains(withoutPort(hosts.getFirst()))) {
            throw new Refused(new Problem.MisdirectedRequest());
        }
        lastServed = hosts.getFirst();
    }

    /** From the right: each proxy we trust vouches for the address that it saw. The first one we do not trust is the client. */
    private String client(String peer, List<String> forwardedFor) {
        var hops = String.join(",", forwardedFor).split(",", -1);
        var client = peer;
        for (int i = hops.length - 1; i >= 0 && trusted(client); i--) {
            var hop = hops[i].trim();
            if (!NetUtil.isValidIpV4Address(hop) && !NetUtil.isValidIpV6Address(hop)) {
                break;
            }
            client = hop;
        }
        return client;
    }

    /** Whether the one at the other end of the connection is a proxy whose headers are believed. */
    public boolean isFromTrustedProxy(HttpServerRequest request) {
        return trusted(request.remoteAddress().hostAddress());
    }

    private boolean trusted(String address) {
        if (trustedProxies.isEmpty()) {
            return false;
        }
        var bytes = CidrBlock.bytes(address);
        return trustedProxies.stream().anyMatch(proxy -> proxy.contains(bytes));
    }

    private String scheme(HttpServerRequest request, boolean trusted) {
        var forwarded = trusted ? request.getHeader(FORWARDED_PROTO) : null;
        if (forwarded != null && (forwarded.equals("https") || forwarded.equals("http"))) {
            return forwarded;
        }
        return own;
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > host.lastIndexOf(']');
        var name = (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    /** 128 bit of chance: unique, and no secret. */
    private static String requestId() {
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
