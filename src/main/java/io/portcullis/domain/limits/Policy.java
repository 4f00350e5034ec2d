package io.portcullis.domain.limits;

import java.time.Duration;
import java.util.regex.Pattern;

/** A rate and the name that it has for clients, in {@code RateLimit-Policy}. What two policies count has nothing to do with each other. */
public record Policy(String name, Rate rate) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

    public Policy {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a policy's name is of letters, digits and hyphens");
        }
        if (rate.count() < 1 || rate.window().compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("a policy allows at least 1 in 1ms");
        }
    }
}
