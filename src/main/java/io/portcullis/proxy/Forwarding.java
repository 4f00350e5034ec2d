package io.portcullis.proxy;

import io.portcullis.http.RequestOrigin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How one request that was let through is sent on.
 *
 * @param upstream name of the upstream
 * @param identityHeaders ours, put on last; nothing a client controls comes after them
 * @param droppedCookies cookies that carry a credential which was not judged
 * @param dropAuthorization whether {@code Authorization} carries a credential which was not judged
 * @param answerHeaders put on the answer, such as what a rule in report mode would have refused
 * @param privateAnswer whether shared caches must not keep the answer
 * @param limits of the rule
 * @param tunnelWatch told of a WebSocket that this opens; empty where no session ends it
 */
public record Forwarding(
        String upstream,
        RequestOrigin origin,
        List<Map.Entry<CharSequence, String>> identityHeaders,
        Set<String> droppedCookies,
        boolean dropAuthorization,
        Map<String, String> answerHeaders,
        boolean privateAnswer,
        ExchangeLimits limits,
        Optional<TunnelWatch> tunnelWatch) {

    /** For a request that nobody was asked who sends it. */
    static Forwarding untouched(String upstream, RequestOrigin origin) {
        return without(upstream, origin, Set.of(), false);
    }

    /** The same under these limits. */
    Forwarding within(ExchangeLimits others) {
        return new Forwarding(
                upstream,
                origin,
                identityHeaders,
                droppedCookies,
                dropAuthorization,
                answerHeaders,
                privateAnswer,
                others,
                tunnelWatch);
    }

    /** The same without what could be read as something else than what was judged. */
    static Forwarding without(
            String upstream, RequestOrigin origin, Set<String> droppedCookies, boolean dropAuthorization) {
        return new Forwarding(
                upstream,
                origin,
                List.of(),
                droppedCookies,
                dropAuthorization,
                Map.of(),
                false,
                ExchangeLimits.NONE,
                Optional.empty());
    }
}
