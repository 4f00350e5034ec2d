package io.portcullis.scenario;

import static io.portcullis.scenario.RememberedDevices.BOB;
import static io.portcullis.scenario.RememberedDevices.COOKIE;
import static io.portcullis.scenario.RememberedDevices.OWN;
import static io.portcullis.scenario.RememberedDevices.age;
import static io.portcullis.scenario.RememberedDevices.assertCodeNeeded;
import static io.portcullis.scenario.RememberedDevices.devices;
import static io.portcullis.scenario.RememberedDevices.login;
import static io.portcullis.scenario.RememberedDevices.remembered;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.AuditLog;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a device ends to be remembered, and what its owner sees of it. */
@ExtendWith(TestGateways.class)
class ForgottenDeviceIT {
    @Test
    void itEndsAfterThirtyDaysHoweverOftenItIsUsed(@OwnRealm TestGateway gateway) throws Exception {
        var bob = gateway.loggedIn(BOB).enrolled();
        var cookie = remembered(gateway, bob, OWN).cookie(COOKIE);
        age(gateway, 29);
        var next = login(gateway.nobody(), OWN, BOB, cookie).cookie(COOKIE);
        age(gateway, 1);
        assertCodeNeeded(gateway, BOB, next);
    }

    @Test
    void itDiesWithTheSecondFactorAndStaysDeadAfterTheNextSetUp(@OwnRealm TestGateway gateway) {
        var bob = gateway.loggedIn(BOB).enrolled();
        var cookie = remembered(gateway, bob, OWN).cookie(COOKIE);
        assertThat(bob.disable(bob.app().nextCode()).status()).isEqualTo(200);
        var plain = gateway.nobody()
                .holding(login(gateway.nobody(), OWN, BOB, cookie).string("/token"));
        assertThat(plain.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
        bob.enrolled();
        assertCodeNeeded(gateway, BOB, cookie);
    }

    @ParameterizedTest
    @ValueSource(strings = {"the device", "all devices", "all other sessions"})
    void itDiesWhenItsOwnerSaysSo(String ended, @OwnRealm TestGateway gateway) {
        var bob = gateway.loggedIn(BOB).enrolled();
        var cookie = remembered(gateway, bob, OWN).cookie(COOKIE);
        var answer = switch (ended) {
            case "the device" ->
                bob.send("DELETE", "/auth/devices/" + devices(bob).getFirst().getString("id"));
            case "all devices" -> bob.send("DELETE", "/auth/devices");
            default -> bob.send("DELETE", "/auth/sessions");
        };
        assertThat(answer.status()).isEqualTo(ended.equals("the device") ? 204 : 200);
        if (ended.equals("all devices")) {
            assertThat(answer.json("/forgotten")).isEqualTo(1);
        }
        assertThat(devices(bob)).isEmpty();
        assertCodeNeeded(gateway, BOB, cookie);
    }

    @Test
    void theOwnerSeesThemAndAStolenPasswordDoesNot(@OwnRealm TestGateway gateway) throws Exception {
        var bob = gateway.loggedIn(BOB).enrolled();
        var laptop = remembered(gateway, bob.with("User-Agent", "laptop"), OWN).cookie(COOKIE);
        remembered(gateway, bob, OWN);
        var listed = devices(bob.with("Cookie", laptop));
        assertThat(listed)
                .hasSize(2)
                .allSatisfy(device -> assertThat(device.fieldNames())
                        .containsExactlyInAnyOrder(
                                "id", "createdAt", "lastUsedAt", "expiresAt", "ip", "userAgent", "current"));
        assertThat(listed).extracting(device -> device.getBoolean("current")).containsExactly(false, true);
        assertThat(listed).allMatch(device -> device.getString("ip").equals("127.0.0.1"));

        var thief = gateway.nobody().holding(gateway.token(2, "admin", Duration.ofDays(1)));
        assertThat(thief.get("/auth/devices").code()).isEqualTo("2FA_REQUIRED");
        assertThat(thief.send("DELETE", "/auth/devices").code()).isEqualTo("2FA_REQUIRED");
        assertThat(gateway.nobody().get("/auth/devices").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(bob.send("DELETE", "/auth/devices/unknown").code()).isEqualTo("NO_ROUTE");
        assertThat(AuditLog.everything(gateway.realm(), "2")).doesNotContain(laptop.split("=", 2)[1]);
    }
}
