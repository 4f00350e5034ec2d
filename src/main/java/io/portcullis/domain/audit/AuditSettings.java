package io.portcullis.domain.audit;

import java.time.Duration;

/** Events are kept for {@code retention} at least; they leave by whole months (UTC), so up to a month later. */
public record AuditSettings(Duration retention) {
    public static final AuditSettings DEFAULTS = new AuditSettings(Duration.ofDays(400));

    public AuditSettings {
        if (retention.compareTo(Duration.ofDays(30)) < 0 || retention.compareTo(Duration.ofDays(3650)) > 0) {
            throw new IllegalArgumentException("audit.retention is from 30d to 3650d");
        }
    }
}
