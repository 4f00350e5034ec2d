package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.domain.TestDomain.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.TestDomain.Enrolled;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.device.DeviceToken;
import io.portcullis.domain.device.ThisDevice;
import java.util.Optional;

/** Somebody with a second factor, logins by it that remember the device, and logins on a device that was remembered. */
abstract class RememberedDevices {
    static final ThisDevice REMEMBER_ME = new ThisDevice(Optional.empty(), true);

    final TestDomain domain = new TestDomain();
    final Enrolled alice = domain.enrolled();
    private int logins;

    String code() {
        return domain.code(alice.key());
    }

    DeviceToken remembered() {
        return verified(REMEMBER_ME, code()).orElseThrow();
    }

    Optional<DeviceToken> verified(ThisDevice device, String code) {
        var tempToken = domain.tempToken("credential " + ++logins);
        var verified = domain.verifyLogin.verify(tempToken, code, Optional.empty(), device, FROM);
        domain.clock.advance(STEP);
        return verified.login().device();
    }

    AdmitLogin.Outcome.Complete letIn(DeviceToken token) {
        return (AdmitLogin.Outcome.Complete) admit(token.value(), Optional.of("admin"));
    }

    void assertWithheld(String token) {
        assertThat(admit(token, Optional.of("admin"))).isInstanceOf(AdmitLogin.Outcome.SecondFactorNeeded.class);
    }

    AdmitLogin.Outcome admit(String token, Optional<String> role) {
        var credential = domain.admitted("login " + ++logins, Optional.empty());
        var admitted = new FirstFactor.Admitted(
                new Identity(ALICE, Optional.of("alice@example.com"), role),
                credential.source(),
                credential.amr(),
                credential.token(),
                credential.credential(),
                credential.answer());
        return domain.admitLogin.admit(admitted, false, Optional.of(token), FROM);
    }
}
