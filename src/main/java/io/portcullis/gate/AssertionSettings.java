package io.portcullis.gate;

import java.time.Duration;
import java.util.Map;

/**
 * Signed assertions to backends.
 *
 * @param keys private keys in PEM, the first one signs
 * @param ttl how long an assertion is valid
 * @param audiences by upstream; the others get none
 */
public record AssertionSettings(String keys, Duration ttl, Map<String, String> audiences) {
    public static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public AssertionSettings {
        audiences = Map.copyOf(audiences);
        if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("assertion.ttl is from 10s to 10m");
        }
    }

    @Override
    public String toString() {
        return "AssertionSettings[hidden]";
    }
}
