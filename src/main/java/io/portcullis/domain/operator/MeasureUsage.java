package io.portcullis.domain.operator;

import io.portcullis.domain.mfa.EnrollmentSettings;
import io.portcullis.domain.mfa.MfaSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The figures of this moment and the 24 hours before it. */
public final class MeasureUsage {
    private static final Duration SPAN = Duration.ofHours(24);

    private final UsageFigures figures;
    private final MfaSettings settings;
    private final InstantSource clock;

    public MeasureUsage(UsageFigures figures, MfaSettings settings, InstantSource clock) {
        this.figures = figures;
        this.settings = settings;
        this.clock = clock;
    }

    /** Of one realm, or of all. */
    public Usage measure(Optional<String> realm) {
        var now = clock.instant();
        return figures.count(new UsageFigures.Scope(
                realm,
                now.minus(SPAN),
                now,
                settings.email().ttl(),
                settings.enrollment().proof() == EnrollmentSettings.Proof.EMAIL,
                settings.lockout().disableAt()));
    }
}
