package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.CLIENT;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.domain.TestDomain.PASSWORD;
import static io.portcullis.domain.TestDomain.STEP;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.TestDomain.Enrolled;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.device.DeviceToken;
import io.portcullis.domain.device.RememberDeviceSettings;
import io.portcullis.domain.device.ThisDevice;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.mfa.FreshProof;
import io.portcullis.domain.mfa.RememberDevice;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RememberedDeviceTest {
    private static final ThisDevice REMEMBER_ME = new ThisDevice(Optional.empty(), true);

    private final TestDomain domain = new TestDomain();
    private final Enrolled alice = domain.enrolled();
    private int logins;

    @Test
    void nobodyIsRememberedWhoDidNotAsk() {
        assertThat(verified(TestDomain.NOT_REMEMBERED, code())).isEmpty();
        assertThat(domain.accounts.devices(ALICE)).isEmpty();
    }

    @Test
    void aRememberedDeviceStandsInForTheSecondFactorAtTheTimeOfTheProof() {
        var provedAt = domain.clock.instant();
        var token = remembered();
        domain.clock.advance(Duration.ofDays(3));
        var complete = letIn(token);
        assertThat(complete.session().level()).isEqualTo(Level.TWO_FACTOR);
        assertThat(complete.session().verified()).containsOnlyKeys(Method.DEVICE);
        assertThat(complete.session().verified()).containsEntry(Method.DEVICE, provedAt);
        assertThat(complete.session().amr()).containsExactly("pwd", "device");
        assertThat(domain.stored(complete.session())).isEqualTo(complete.session());
        assertThat(domain.accounts.details(ALICE, AuditEvent.Type.SECOND_FACTOR_SKIPPED))
                .containsExactly("device");
        assertThat(domain.accounts.details(ALICE, AuditEvent.Type.LOGIN_SUCCEEDED))
                .containsExactly("pwd otp", "pwd device");
    }

    @Test
    void aTokenIsGoodForOneLoginWhichBringsTheNext() {
        var first = remembered();
        var second = letIn(first).device().orElseThrow();
        assertThat(second.value()).isNotEqualTo(first.value()).hasSize(43); // 256 bit
        assertWithheld(first.value());
        letIn(second);
    }

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
    void aRecoveryCodeRemembersNoDevice() {
        assertThat(verified(REMEMBER_ME, alice.recoveryCodes().getFirst().plaintext()))
                .isEmpty();
        assertThat(domain.accounts.devices(ALICE)).isEmpty();
    }

    @Test
    void aStepUpRemembersItToo() {
        var raised = domain.stepUp.stepUp(domain.loggedIn(), code(), Optional.empty(), REMEMBER_ME, FROM);
        domain.clock.advance(STEP);
        letIn(raised.device().orElseThrow());
    }

    @Test
    void aDeviceThatProvesItAnewIsRememberedOnce() {
        var first = remembered();
        var again = verified(new ThisDevice(Optional.of(first.value()), true), code());
        assertThat(domain.accounts.devices(ALICE))
                .singleElement()
                .satisfies(device -> assertThat(device.token())
                        .isEqualTo(Fingerprint.of(again.orElseThrow().value())));
        assertWithheld(first.value());
    }

    @Test
    void aDeviceIsOfItsAccountAlone() {
        var token = remembered();
        var bob = new Account("admin", "bob");
        var identity = new Identity(bob, Optional.empty(), Optional.of("admin"));
        assertThat(domain.accounts.<Boolean>change(
                        bob,
                        work -> domain.rememberDevice
                                .recall(work, identity, token.value(), FROM)
                                .isPresent()))
                .isFalse();
        letIn(token);
    }

    @Test
    void anUnknownTokenIsNone() {
        remembered();
        assertWithheld("unknown");
        assertWithheld("");
        assertThat(domain.accounts.details(ALICE, AuditEvent.Type.SECOND_FACTOR_SKIPPED))
                .isEmpty();
    }

    @Test
    void aRoleThatIsNotRememberedAnyMoreLetsNobodyIn() {
        var token = remembered();
        assertThat(admit(token.value(), Optional.of("editor")))
                .isInstanceOf(AdmitLogin.Outcome.SecondFactorNeeded.class);
        assertThat(admit(token.value(), Optional.empty())).isInstanceOf(AdmitLogin.Outcome.SecondFactorNeeded.class);
        letIn(token); // and it was not used up
    }

    @Test
    void aRoleThatIsNotNamedIsNotRemembered() {
        var session = domain.loggedIn();
        var editor = new Session(
                session.credential(),
                session.source(),
                new Identity(ALICE, Optional.empty(), Optional.of("editor")),
                session.firstFactor(),
                session.verified(),
                session.createdAt(),
                session.expiresAt(),
                session.lastSeenAt(),
                session.idle(),
                session.client(),
                session.securityVersion());
        assertThat(domain.stepUp
                        .stepUp(editor, code(), Optional.empty(), REMEMBER_ME, FROM)
                        .device())
                .isEmpty();
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
    void aSessionStoreThatFailsUsesNoTokenUpAndWritesNoLoginDown() {
        var token = remembered();
        domain.sessions.goDown();
        assertThat(problemOf(() -> admit(token.value(), Optional.of("admin"))))
                .isEqualTo(new Problem.StoreUnavailable());
        domain.sessions.comeBack();
        assertThat(domain.accounts.details(ALICE, AuditEvent.Type.SECOND_FACTOR_SKIPPED))
                .isEmpty();
        letIn(token);
    }

    @Test
    void aDeviceIsNoFreshProofNotEvenWithThePassword() {
        var session = letIn(remembered()).session();
        assertThat(session.verifiedAt()).isEmpty();
        for (var password : Set.of(Optional.<String>empty(), Optional.of(PASSWORD))) {
            var given = new FreshProof.Given(Optional.empty(), password);
            assertThat(problemOf(() -> domain.disable.disable(session, given, FROM)))
                    .isEqualTo(new Problem.ReauthenticationRequired());
            assertThat(problemOf(() -> domain.regenerate.regenerate(session, given, FROM)))
                    .isEqualTo(new Problem.ReauthenticationRequired());
        }
        domain.disable(session, Optional.of(code()), Optional.empty());
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

    @Test
    void nothingOfItPrintsAToken() {
        var token = remembered();
        assertThat(token.toString()).doesNotContain(token.value());
        assertThat(new ThisDevice(Optional.of(token.value()), true).toString()).doesNotContain(token.value());
        assertThat(letIn(token).toString()).doesNotContain(token.value());
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

    private String code() {
        return domain.code(alice.key());
    }

    private DeviceToken remembered() {
        return verified(REMEMBER_ME, code()).orElseThrow();
    }

    private Optional<DeviceToken> verified(ThisDevice device, String code) {
        var tempToken = domain.tempToken("credential " + ++logins);
        var verified = domain.verifyLogin.verify(tempToken, code, Optional.empty(), device, FROM);
        domain.clock.advance(STEP);
        return verified.login().device();
    }

    private AdmitLogin.Outcome.Complete letIn(DeviceToken token) {
        return (AdmitLogin.Outcome.Complete) admit(token.value(), Optional.of("admin"));
    }

    private void assertWithheld(String token) {
        assertThat(admit(token, Optional.of("admin"))).isInstanceOf(AdmitLogin.Outcome.SecondFactorNeeded.class);
    }

    private AdmitLogin.Outcome admit(String token, Optional<String> role) {
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
