package io.portcullis.domain;

import io.portcullis.domain.device.Devices;
import io.portcullis.domain.device.RememberedDevice;
import io.portcullis.domain.session.Fingerprint;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/** The devices of one account in a list. */
record InMemoryDevices(List<RememberedDevice> devices, LongSupplier securityVersion) implements Devices {
    @Override
    public List<RememberedDevice> all() {
        return List.copyOf(devices);
    }

    @Override
    public void add(RememberedDevice device) {
        if (devices.size() == MOST) {
            devices.stream()
                    .min(Comparator.comparing(RememberedDevice::lastUsedAt))
                    .ifPresent(devices::remove);
        }
        devices.add(device);
    }

    @Override
    public boolean rotate(Fingerprint token, RememberedDevice next) {
        boolean removed = next.lastUsedAt().isBefore(next.expiresAt())
                && next.securityVersion() == securityVersion.getAsLong()
                && devices.removeIf(device -> device.token().equals(token));
        if (removed) {
            devices.add(next);
        }
        return removed;
    }

    @Override
    public boolean forget(String id) {
        return devices.removeIf(device -> device.id().equals(id));
    }

    @Override
    public int forgetAll() {
        int forgotten = devices.size();
        devices.clear();
        return forgotten;
    }
}
