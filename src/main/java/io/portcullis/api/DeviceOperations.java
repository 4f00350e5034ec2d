package io.portcullis.api;

import io.portcullis.domain.device.RememberedDevice;
import io.portcullis.domain.login.OwnDevices;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.http.DeviceCookie;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code devices}, {@code forgetDevice}, {@code forgetDevices}. */
public final class DeviceOperations implements Operations {
    private final OwnDevices ownDevices;
    private final DeviceCookie deviceCookie;

    public DeviceOperations(OwnDevices ownDevices, DeviceCookie deviceCookie) {
        this.ownDevices = ownDevices;
        this.deviceCookie = deviceCookie;
    }

    @Override
    public List<Operation> all() {
        return List.of(
                new Operation("devices", this::devices),
                new Operation("forgetDevice", this::forgetDevice),
                new Operation("forgetDevices", this::forgetDevices));
    }

    private Reply devices(Call call) {
        var own = call.deviceToken().map(Fingerprint::of);
        var devices = ownDevices.list(call.caller()).stream()
                .map(device -> json(device, own.filter(device.token()::sameAs).isPresent()))
                .toList();
        return Reply.of("listed", new JsonObject().put("devices", new JsonArray(devices)));
    }

    private static JsonObject json(RememberedDevice device, boolean current) {
        return new JsonObject()
                .put("id", device.id())
                .put("createdAt", device.createdAt().toString())
                .put("lastUsedAt", device.lastUsedAt().toString())
                .put("expiresAt", device.expiresAt().toString())
                .put("ip", device.client().address())
                .put("userAgent", device.client().userAgent())
                .put("current", current);
    }

    /** The cookie of this very device stays until its time: it opens nothing any more. */
    private Reply forgetDevice(Call call) {
        ownDevices.forget(call.caller(), call.required("id"), call.origin());
        return Reply.of("forgotten");
    }

    private Reply forgetDevices(Call call) {
        int forgotten = ownDevices.forgetAll(call.caller(), call.origin());
        return Reply.of("forgotten", new JsonObject().put("forgotten", forgotten))
                .withCookie(deviceCookie.cleared());
    }
}
