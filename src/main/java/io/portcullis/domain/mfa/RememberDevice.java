package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.device.DeviceToken;
import io.portcullis.domain.device.RememberDeviceSettings;
import io.portcullis.domain.device.RememberedDevice;
import io.portcullis.domain.device.ThisDevice;
import io.portcullis.domain.session.Fingerprint;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * Remembers the device on which a second factor was proved, and knows it again at the next login. Its token is good for one
 * login, which brings the next: who copies it and uses it leaves the owner with one that is dead.
 */
public final class RememberDevice {
    private static final int TOKEN_BYTES = 32;
    private static final int ID_BYTES = 16;

    private final RememberDeviceSettings settings;
    private final SecureRandom random;
    private final InstantSource clock;

    public RememberDevice(RememberDeviceSettings settings, SecureRandom random, InstantSource clock) {
        this.settings = settings;
        this.random = random;
        this.clock = clock;
    }

    /** A device that was known again, and the token of its next login. */
    public record Recalled(RememberedDevice device, DeviceToken token) {}

    /** Whether devices of this person are remembered at all. */
    public boolean serves(Identity identity) {
        return identity.role().filter(settings.roles()::contains).isPresent();
    }

    /**
     * Inside the change that judged the proof, or a later one of the same security version: remembers the device that asks for
     * it. A recovery code is for somebody who has lost their device, and remembers none.
     */
    public Optional<DeviceToken> remember(
            Accounts.Work work, Identity identity, Method method, ThisDevice device, Origin origin) {
        if (!device.remember() || method == Method.RECOVERY || !serves(identity)) {
            return Optional.empty();
        }
        device.token()
                .flatMap(token -> find(work, token))
                .ifPresent(earlier -> work.devices().forget(earlier.id())); // it is the same device
        var now = clock.instant();
        var token = random(TOKEN_BYTES);
        var remembered = new RememberedDevice(
                random(ID_BYTES),
                Fingerprint.of(token),
                work.securityVersion(),
                method,
                now,
                now,
                now,
                now.plus(settings.ttl()),
                origin.client());
        work.devices().add(remembered);
        work.record(AuditEvent.own(AuditEvent.Type.DEVICE_REMEMBERED, now, origin, remembered.id()));
        return Optional.of(new DeviceToken(token, settings.ttl()));
    }

    /** Inside a change of the account: knows its device again. The token given is dead from then on. */
    public Optional<Recalled> recall(Accounts.Work work, Identity identity, String token, Origin origin) {
        if (!serves(identity)) {
            return Optional.empty();
        }
        var now = clock.instant();
        var next = random(TOKEN_BYTES);
        return find(work, token)
                .filter(device -> isLive(device, work.securityVersion()))
                .map(device -> device.used(Fingerprint.of(next), now, origin.client()))
                .filter(device -> work.devices().rotate(Fingerprint.of(token), device))
                .map(device -> new Recalled(device, new DeviceToken(next, Duration.between(now, end(device)))));
    }

    /** Whether it would still be known again, at this version of its account. */
    public boolean isLive(RememberedDevice device, long securityVersion) {
        return device.securityVersion() == securityVersion && clock.instant().isBefore(end(device));
    }

    /** A time to live that was made shorter counts for the devices there are. */
    private Instant end(RememberedDevice device) {
        var latest = device.createdAt().plus(settings.ttl());
        return latest.isBefore(device.expiresAt()) ? latest : device.expiresAt();
    }

    private static Optional<RememberedDevice> find(Accounts.Work work, String token) {
        var digest = Fingerprint.of(token);
        return work.devices().all().stream()
                .filter(device -> device.token().sameAs(digest))
                .findFirst();
    }

    private String random(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
