package io.portcullis.domain.session;

import java.time.Duration;

/**
 * A session lives {@code ttl} at the most, and is over when it stays unused for {@code idle}; one whose credential expires
 * earlier ends with it. Both count for sessions that begin from now on.
 */
public record SessionSettings(Duration ttl, Duration idle) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    public static final SessionSettings DEFAULTS = new SessionSettings(Duration.ofDays(7), Duration.ofHours(24));

    public SessionSettings {
        if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(Duration.ofDays(90)) > 0) {
            throw new IllegalArgumentException("session.ttl is from 1m to 90d");
        }
        if (idle.compareTo(SHORTEST) < 0 || idle.compareTo(ttl) > 0) {
            throw new IllegalArgumentException("session.idle is from 1m to session.ttl");
        }
    }

    /** Of a file that does not say how long a session may stay unused: the default, or all its life where that is shorter. */
    public static SessionSettings ofTtl(Duration ttl) {
        var idle = DEFAULTS.idle();
        return new SessionSettings(ttl, ttl.compareTo(idle) < 0 ? ttl : idle);
    }
}
