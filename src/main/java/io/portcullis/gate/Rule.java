package io.portcullis.gate;

import io.portcullis.domain.account.Method;
import io.portcullis.http.Pages;
import io.portcullis.proxy.ExchangeLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One rule of the config file.
 *
 * @param name in metrics, the access log and spans; rules of one name are counted together
 * @param path {@code *} stands for one segment, {@code **} at the end for any number of them, none included; letter case does not count
 * @param methods HTTP methods in upper case; empty for all
 * @param roles of a {@code two-factor} or {@code one-factor} rule; empty for all
 * @param upstream name of the upstream; empty only where access is {@code deny}
 */
public record Rule(
        String name,
        String path,
        Set<String> methods,
        Access access,
        Set<String> roles,
        String upstream,
        Pages pages,
        SecondFactor secondFactor,
        Enforcement enforcement,
        ExchangeLimits limits) {

    /** From the weakest to the strictest. */
    public enum Access {
        PUBLIC,
        ONE_FACTOR,
        TWO_FACTOR,
        DENY
    }

    /**
     * What a second factor must be to count.
     *
     * @param methods empty for all, a remembered device and a trusted network among them
     * @param maxAge since the proof; of a remembered device since the proof it was remembered for
     */
    public record SecondFactor(Set<Method> methods, Optional<Duration> maxAge) {
        public static final SecondFactor ANY = new SecondFactor(Set.of(), Optional.empty());

        public SecondFactor {
            methods = Set.copyOf(methods);
            if (!methods.stream().allMatch(Method::isProof)) {
                throw new IllegalArgumentException("secondFactor.methods names only what can be set up");
            }
            if (maxAge.isPresent() && !maxAge.get().isPositive()) {
                throw new IllegalArgumentException("secondFactor.maxAge is more than 0s");
            }
        }

        public boolean counts(Method method) {
            return methods.isEmpty() || methods.contains(method);
        }
    }

    /**
     * How strictly the rule is meant today.
     *
     * @param report proxy what would be refused, and say so
     * @param from until then only {@code 2FA_MANDATORY} is not enforced
     */
    public record Enforcement(boolean report, Optional<Instant> from) {
        public static final Enforcement FULL = new Enforcement(false, Optional.empty());
    }

    public Rule {
        methods = Set.copyOf(methods);
        roles = Set.copyOf(roles);
    }
}
