package io.portcullis.domain.mfa;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a mailed code is good for while another method is being added by somebody who does not finish. */
class RequestCodeTest {
    private final TestDomain domain = new TestDomain();

    @Test
    void whoProvedTheSecondFactorGetsTheCodeOfTheAddition() {
        var enrolled = domain.enrolled();
        domain.startSetup.start(enrolled.session(), Method.EMAIL, false, FROM);
        domain.clock.advance(TestDomain.STEP);
        domain.requestCode.forSession(enrolled.session(), FROM);
        assertThat(domain.confirm(enrolled.session(), domain.mailroom.code())).isEmpty();
    }

    /** It would confirm nothing for them, and count as wrong where they have to verify. */
    @Test
    void whoHasTheFirstFactorAloneGetsNone() {
        var enrolled = domain.enrolled();
        domain.startSetup.start(enrolled.session(), Method.EMAIL, false, FROM);
        domain.clock.advance(TestDomain.STEP);
        int mails = domain.mailroom.sent().size();
        assertThat(problemOf(() -> domain.requestCode.forSession(domain.loggedIn(), FROM)))
                .isEqualTo(new Problem.SetupNotStarted());
        assertThat(domain.mailroom.sent()).hasSize(mails);
    }

    /** Codes go there until the app has proved itself. */
    @Test
    void aProvisionalMailboxVerifiesWhileItIsBeingAddedForGood() {
        var enrolled = domain.enrolled();
        domain.accounts.<Boolean>change(ALICE, work -> {
            var enabled = (Mfa.Enabled) work.current();
            var mailbox = new Mailbox("alice@example.com", true);
            work.become(new Mfa.Enabled(enabled.totp(), Optional.of(mailbox), Optional.empty()));
            return true;
        });
        domain.startSetup.start(enrolled.session(), Method.EMAIL, false, FROM);
        domain.clock.advance(TestDomain.STEP);
        var tablet = domain.loggedIn();
        domain.requestCode.forSession(tablet, FROM);
        assertThat(domain.stepUp(tablet, domain.mailroom.code(), Optional.empty(), FROM)
                        .method())
                .isEqualTo(Method.EMAIL);
    }
}
