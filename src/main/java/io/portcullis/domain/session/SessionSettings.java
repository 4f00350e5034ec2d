package io.portcullis.domain.session;

import java.time.Duration;

/** A session lives {@code ttl} at the most; one whose credential expires earlier ends with it. */
public record SessionSettings(Duration ttl) {
    public static final SessionSettings DEFAULTS = new SessionSettings(Duration.ofDays(7));

    public SessionSettings {
        if (ttl.compareTo(Duration.ofMinutes(1)) < 0 || ttl.compareTo(Duration.ofDays(90)) > 0) {
            throw new IllegalArgumentException("session.ttl is from 1m to 90d");
        }
    }
}
