package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.CLIENT;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.domain.TestDomain.STEP;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.device.DeviceToken;
import io.portcullis.domain.device.RememberDeviceSettings;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.mfa.RememberDevice;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a device ends to be remembered. */
class ForgottenDeviceTest extends RememberedDevices {
    @Test
    void theTimeOfADeviceIsNotProlongedByItsUse() {
        var token = remembered();
        domain.clock.advance(Duration.ofDays(29).minus(STEP));
        var next = letIn(token).device().orElseThrow();
        assertThat(next.expiresIn()).isEqualTo(Duration.ofDays(1));
        domain.clock.advance(Duration.ofDays(1));
        assertWithheld(next.value());
    }

    @Test
    void aTimeToLiveThatWasMadeShorterCountsForTheDevicesThereAre() {
        var token = remembered();
        domain.clock.advance(Duration.ofDays(2));
        var shorter = new RememberDevice(
                new RememberDeviceSettings(Duration.ofDays(2), Set.of("admin")), new SecureRandom(), domain.clock);
        assertThat(domain.accounts.<Boolean>change(
                        ALICE,
                        work -> shorter.recall(work, alice.session().identity(), token.value(), FROM)
                                .isPresent()))
                .isFalse();
    }

    @Test
    void disablingForgetsEveryDeviceAlsoForALaterEnrolment() {
        var token = remembered();
        domain.disable(alice.session(), Optional.of(code()), Optional.empty());
        assertThat(domain.accounts.devices(ALICE)).isEmpty();
        var plain = (AdmitLogin.Outcome.Complete) admit(token.value(), Optional.of("admin"));
        assertThat(plain.session().level()).isEqualTo(Level.ONE_FACTOR);
        domain.clock.advance(STEP);
        domain.enrolled();
        assertWithheld(token.value());
    }

    @Test
    void whateverEndsAllSessionsEndsEveryDevice() {
        var token = remembered();
        domain.accounts.change(ALICE, work -> work.raiseSecurityVersion());
        assertWithheld(token.value());
    }

    @Test
    void theOwnerSeesAndForgetsThem() {
        var token = remembered();
        var other = remembered();
        var me = caller(alice.session());
        var listed = domain.ownDevices.list(me);
        assertThat(listed)
                .hasSize(2)
                .allSatisfy(device -> assertThat(device.client()).isEqualTo(CLIENT));
        domain.ownDevices.forget(me, id(token), FROM);
        assertThat(problemOf(() -> domain.ownDevices.forget(me, "another", FROM)))
                .isEqualTo(new Problem.NoRoute());
        assertWithheld(token.value());
        var next = letIn(other).device().orElseThrow();
        assertThat(domain.ownDevices.forgetAll(me, FROM)).isEqualTo(1);
        assertThat(domain.ownDevices.forgetAll(me, FROM)).isZero();
        assertWithheld(next.value());
        assertThat(domain.accounts.details(ALICE, AuditEvent.Type.DEVICE_FORGOTTEN))
                .hasSize(2)
                .endsWith("1");
        assertThat(domain.accounts.details(ALICE, AuditEvent.Type.DEVICE_REMEMBERED))
                .containsExactlyInAnyOrderElementsOf(
                        listed.stream().map(device -> device.id()).toList());
    }

    @Test
    void aStolenPasswordAloneSeesAndForgetsNone() {
        var token = remembered();
        var thief = caller(domain.loggedIn());
        var needed = Problem.TwoFactorRequired.class;
        assertThat(problemOf(() -> domain.ownDevices.list(thief))).isInstanceOf(needed);
        assertThat(problemOf(() -> domain.ownDevices.forget(thief, id(token), FROM)))
                .isInstanceOf(needed);
        assertThat(problemOf(() -> domain.ownDevices.forgetAll(thief, FROM))).isInstanceOf(needed);
        letIn(token);
    }

    @Test
    void oneWhoseTimeRanOutIsNotListedAndIsSweptAway() {
        remembered();
        domain.clock.advance(Duration.ofDays(30).minus(STEP));
        assertThat(domain.ownDevices.list(caller(alice.session()))).isEmpty();
        assertThat(domain.accounts.forgetExpiredDevices(domain.clock.instant().minusMillis(1)))
                .isZero();
        assertThat(domain.accounts.forgetExpiredDevices(domain.clock.instant())).isEqualTo(1);
        assertThat(domain.accounts.devices(ALICE)).isEmpty();
    }

    private String id(DeviceToken token) {
        return domain.accounts.devices(ALICE).stream()
                .filter(device -> device.token().equals(Fingerprint.of(token.value())))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private Caller caller(Session session) {
        return new Caller(session, domain.accounts.standing(ALICE, session.fingerprint()), session.expiresAt());
    }
}
