package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.domain.TestDomain.PASSWORD;
import static io.portcullis.domain.TestDomain.STEP;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.device.ThisDevice;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.mfa.FreshProof;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RememberedDeviceTest extends RememberedDevices {
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
    void nothingOfItPrintsAToken() {
        var token = remembered();
        assertThat(token.toString()).doesNotContain(token.value());
        assertThat(new ThisDevice(Optional.of(token.value()), true).toString()).doesNotContain(token.value());
        assertThat(letIn(token).toString()).doesNotContain(token.value());
    }
}
