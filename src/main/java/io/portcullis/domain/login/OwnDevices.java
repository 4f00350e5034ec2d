package io.portcullis.domain.login;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.device.RememberedDevice;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Freshness;
import io.portcullis.domain.mfa.RememberDevice;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/** The remembered devices of an account in its owner's hands: to look at, to forget one or all. */
public final class OwnDevices {
    private final Accounts accounts;
    private final RememberDevice rememberDevice;
    private final InstantSource clock;

    public OwnDevices(Accounts accounts, RememberDevice rememberDevice, InstantSource clock) {
        this.accounts = accounts;
        this.rememberDevice = rememberDevice;
        this.clock = clock;
    }

    /** Those that are still good, the one that was used last first. */
    public List<RememberedDevice> list(Caller caller) {
        caller.requireSecondFactor();
        return accounts.devices(caller.session().account()).stream()
                .filter(device -> rememberDevice.isLive(device, caller.session().securityVersion()))
                .sorted(Comparator.comparing(RememberedDevice::lastUsedAt)
                        .thenComparing(RememberedDevice::createdAt)
                        .reversed())
                .toList();
    }

    /**
     * Forgets the device with this id. Sessions that it opened go on.
     *
     * @throws Refused {@code NoRoute} when the account has no such device
     */
    public void forget(Caller caller, String id, Origin origin) {
        caller.requireSecondFactor();
        accounts.<Boolean>change(caller.session().account(), work -> {
            Freshness.check(caller.session(), work);
            if (!work.devices().forget(id)) {
                throw new Refused(new Problem.NoRoute());
            }
            work.record(forgotten(origin, id));
            return true;
        });
    }

    /** Forgets every device; returns how many there were. */
    public int forgetAll(Caller caller, Origin origin) {
        caller.requireSecondFactor();
        return accounts.change(caller.session().account(), work -> {
            Freshness.check(caller.session(), work);
            int forgotten = work.forgetDevices();
            if (forgotten > 0) {
                work.record(forgotten(origin, Integer.toString(forgotten)));
            }
            return forgotten;
        });
    }

    private AuditEvent forgotten(Origin origin, String detail) {
        return AuditEvent.own(AuditEvent.Type.DEVICE_FORGOTTEN, clock.instant(), origin, detail);
    }
}
