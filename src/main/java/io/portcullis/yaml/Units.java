package io.portcullis.yaml;

import io.portcullis.domain.limits.Rate;
import java.time.Duration;

/** Durations, sizes and rates, in the form that the schema demands. */
public final class Units {
    private Units() {}

    public static Duration duration(String text) {
        int digits = digits(text);
        long count = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> throw new IllegalStateException("the schema allows ms, s, m, h and d");
        };
    }

    /** More than an {@code int} holds is its largest; no size that large is within bounds. */
    public static int bytes(String text) {
        int digits = digits(text);
        long count = Long.parseLong(text.substring(0, digits));
        long unit = switch (text.substring(digits)) {
            case "B" -> 1;
            case "KiB" -> 1024;
            case "MiB" -> 1024 * 1024;
            default -> throw new IllegalStateException("the schema allows B, KiB and MiB");
        };
        return (int) Math.min(Integer.MAX_VALUE, count * unit);
    }

    public static Rate rate(String text) {
        int slash = text.indexOf('/');
        return new Rate(Integer.parseInt(text.substring(0, slash)), duration(text.substring(slash + 1)));
    }

    private static int digits(String text) {
        int digits = 0;
        while (Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        return digits;
    }
}
