package io.portcullis.http;

import io.portcullis.domain.limits.Quota;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code RateLimit-Policy} and {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers-10): lists with one item for each
 * policy, whose parameters are the quota {@code q} in a window of {@code w} seconds, what remains of it as {@code r}, and
 * the seconds {@code t} until there is more.
 */
public final class RateLimitFields {
    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence QUOTA = HttpHeaders.createOptimized("RateLimit");

    private RateLimitFields() {}

    /** Puts both on an answer; neither when there are no quotas. */
    public static void put(MultiMap headers, List<Quota> quotas) {
        if (quotas.isEmpty()) {
            return;
        }
        headers.set(POLICY, quotas.stream().map(RateLimitFields::policy).collect(Collectors.joining(", ")));
        headers.set(QUOTA, quotas.stream().map(RateLimitFields::quota).collect(Collectors.joining(", ")));
    }

    private static String policy(Quota quota) {
        var rate = quota.policy().rate();
        return name(quota) + ";q=" + rate.count() + ";w=" + seconds(rate.window());
    }

    private static String quota(Quota quota) {
        return name(quota) + ";r=" + quota.remaining() + ";t=" + seconds(quota.reset());
    }

    /** A structured string (RFC 9651, section 3.3.3); a policy's name has nothing to escape. */
    private static String name(Quota quota) {
        return '"' + quota.policy().name() + '"';
    }

    /** Rounded up: who waits that long is let in. */
    public static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
