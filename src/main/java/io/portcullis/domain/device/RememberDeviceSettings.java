package io.portcullis.domain.device;

import java.time.Duration;
import java.util.Set;

/**
 * For whom a device may be remembered, which then stands in for the second factor at later logins.
 *
 * @param ttl how long after the proof that it was remembered for
 * @param roles empty for nobody
 */
public record RememberDeviceSettings(Duration ttl, Set<String> roles) {
    public static final RememberDeviceSettings DEFAULTS = new RememberDeviceSettings(Duration.ofDays(30), Set.of());

    public RememberDeviceSettings {
        roles = Set.copyOf(roles);
        if (ttl.compareTo(Duration.ofDays(1)) < 0 || ttl.compareTo(Duration.ofDays(90)) > 0) {
            throw new IllegalArgumentException("mfa.rememberDevice.ttl is from 1d to 90d");
        }
    }
}
