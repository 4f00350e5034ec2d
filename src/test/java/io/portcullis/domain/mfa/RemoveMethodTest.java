package io.portcullis.domain.mfa;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.domain.TestDomain.PASSWORD;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.TestDomain.Enrolled;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.device.RememberedDevice;
import io.portcullis.domain.device.ThisDevice;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemoveMethodTest {
    private static final Duration NOT_FRESH = Duration.ofMinutes(15).plusMillis(1);

    private final TestDomain domain = new TestDomain();
    private final Enrolled alice = withBoth();
    private final Session oneFactor = domain.loggedIn();

    private Enrolled withBoth() {
        var enrolled = domain.enrolled();
        domain.startSetup.start(enrolled.session(), Method.EMAIL, false, FROM);
        domain.confirm(enrolled.session(), domain.mailroom.code());
        domain.clock.advance(TestDomain.STEP);
        return new Enrolled(domain.stored(enrolled.session()), enrolled.key(), enrolled.recoveryCodes());
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"TOTP", "EMAIL"})
    void oneGoesAndTheOtherStays(Method method) {
        var other = method == Method.TOTP ? Method.EMAIL : Method.TOTP;
        assertThat(remove(alice.session(), method)).containsExactly(other);
        assertThat(methods()).containsExactly(other);
        assertThat(domain.accounts.events(ALICE)).endsWith(AuditEvent.Type.METHOD_REMOVED);
        assertThat(domain.accounts.standing(ALICE, oneFactor.fingerprint()).recoveryCodesRemaining())
                .isEqualTo(10);
    }

    @Test
    void aRightCodeSufficesWhateverTheSessionEvenOneOfTheMethodThatGoes() {
        remove(oneFactor, Method.TOTP, Optional.of(domain.code(alice.key())), Optional.empty());
        assertThat(methods()).containsExactly(Method.EMAIL);
    }

    @Test
    void soDoesAMailedOneOfTheMailboxThatGoes() {
        domain.requestCode.forSession(oneFactor, FROM);
        remove(oneFactor, Method.EMAIL, Optional.of(domain.mailroom.code()), Optional.empty());
        assertThat(methods()).containsExactly(Method.TOTP);
    }

    @Test
    void anOldProofNeedsThePasswordOrACode() {
        domain.clock.advance(NOT_FRESH);
        assertThat(refusal(alice.session(), Method.EMAIL, Optional.empty(), Optional.empty()))
                .isEqualTo(new Problem.ReauthenticationRequired());
        assertThat(refusal(alice.session(), Method.EMAIL, Optional.empty(), Optional.of("guess")))
                .isEqualTo(new Problem.InvalidCredentials());
        remove(alice.session(), Method.EMAIL, Optional.empty(), Optional.of(PASSWORD));
        assertThat(methods()).containsExactly(Method.TOTP);
    }

    @Test
    void aFirstFactorAloneNeverRemovesAnything() {
        assertThat(refusal(oneFactor, Method.EMAIL, Optional.empty(), Optional.of(PASSWORD)))
                .isEqualTo(new Problem.ReauthenticationRequired());
        assertThat(methods()).hasSize(2);
    }

    @Test
    void aWrongCodeIsCountedAndRemovesNothing() {
        var wrong = Optional.of(domain.wrongCode(alice.key()));
        assertThat(refusal(alice.session(), Method.EMAIL, wrong, Optional.empty()))
                .isEqualTo(new Problem.InvalidCode(4));
        assertThat(methods()).hasSize(2);
    }

    @Test
    void theLastOneIsNotRemovedAndCostsNoCode() {
        remove(alice.session(), Method.EMAIL);
        var code = Optional.of(domain.code(alice.key()));
        assertThat(refusal(alice.session(), Method.TOTP, code, Optional.empty()))
                .isEqualTo(
                        Problem.InvalidRequest.field("method", "is the last one: disable the second factor instead"));
        assertThat(refusal(alice.session(), Method.EMAIL, code, Optional.empty()))
                .isEqualTo(Problem.InvalidRequest.field("method", "is not enabled"));
        domain.stepUp(oneFactor, code.get(), Optional.empty(), FROM); // it was not used up
    }

    @Test
    void whereNothingIsEnabledThereIsNothingToRemove() {
        domain.disable(alice.session(), Optional.empty(), Optional.empty());
        var session = domain.loggedIn();
        assertThat(refusal(session, Method.TOTP, Optional.of("123456"), Optional.empty()))
                .isEqualTo(new Problem.SetupNotStarted());
        domain.startApp(session);
        assertThat(refusal(session, Method.TOTP, Optional.empty(), Optional.empty()))
                .isEqualTo(new Problem.SetupNotStarted());
    }

    @Test
    void sessionsStayAsTheyAreAndEveryInstanceIsTold() {
        var byMail = domain.loggedIn();
        domain.requestCode.forSession(byMail, FROM);
        domain.stepUp(byMail, domain.mailroom.code(), Optional.empty(), FROM);
        remove(alice.session(), Method.EMAIL);
        assertThat(domain.stored(byMail).level()).isEqualTo(Level.TWO_FACTOR);
        assertThat(byMail.securityVersion())
                .isEqualTo(domain.accounts.standing(ALICE, byMail.fingerprint()).securityVersion());
        assertThat(domain.sessions.invalidated()).contains(ALICE);
    }

    @Test
    void aMailedCodeThatIsOutOpensNothing() {
        domain.requestCode.forSession(oneFactor, FROM);
        var code = domain.mailroom.code();
        remove(alice.session(), Method.EMAIL);
        assertThat(problemOf(() -> domain.stepUp(oneFactor, code, Optional.of(Method.EMAIL), FROM)))
                .isInstanceOf(Problem.CodeExpired.class);
        assertThat(problemOf(() -> domain.stepUp(oneFactor, code, Optional.empty(), FROM)))
                .isInstanceOf(Problem.InvalidCode.class);
        assertThat(problemOf(() -> domain.requestCode.forSession(oneFactor, FROM)))
                .isEqualTo(new Problem.SetupNotStarted());
    }

    @Test
    void devicesRememberedByItAreForgottenAndNoOthers() {
        var remember = new ThisDevice(Optional.empty(), true);
        domain.requestCode.forSession(oneFactor, FROM);
        domain.stepUp.stepUp(oneFactor, domain.mailroom.code(), Optional.empty(), remember, FROM);
        domain.stepUp.stepUp(domain.loggedIn(), domain.code(alice.key()), Optional.empty(), remember, FROM);
        assertThat(domain.accounts.devices(ALICE)).hasSize(2);
        remove(alice.session(), Method.EMAIL);
        assertThat(domain.accounts.devices(ALICE).stream().map(RememberedDevice::method))
                .containsExactly(Method.TOTP);
        assertThat(domain.accounts.events(ALICE))
                .endsWith(AuditEvent.Type.METHOD_REMOVED, AuditEvent.Type.DEVICE_FORGOTTEN);
    }

    @Test
    void whatWasRemovedCanBeAddedAgain() {
        remove(alice.session(), Method.TOTP);
        var key = domain.startApp(alice.session());
        domain.confirm(alice.session(), domain.code(key));
        assertThat(methods()).containsExactlyInAnyOrder(Method.TOTP, Method.EMAIL);
    }

    @Test
    void aSessionThatIsOlderThanItsAccountRemovesNothing() {
        domain.accounts.<Long>change(ALICE, Accounts.Work::raiseSecurityVersion);
        assertThat(refusal(alice.session(), Method.EMAIL, Optional.of(domain.code(alice.key())), Optional.empty()))
                .isEqualTo(new Problem.AuthRequired());
        assertThat(methods()).hasSize(2);
    }

    private Set<Method> methods() {
        return ((Mfa.Enabled) domain.mfa()).methods();
    }

    private Set<Method> remove(Session session, Method method) {
        return remove(session, method, Optional.empty(), Optional.empty());
    }

    private Set<Method> remove(Session session, Method method, Optional<String> code, Optional<String> password) {
        return domain.removeMethod.remove(session, method, new FreshProof.Given(code, password), FROM);
    }

    private Problem refusal(Session session, Method method, Optional<String> code, Optional<String> password) {
        return problemOf(() -> remove(session, method, code, password));
    }
}
