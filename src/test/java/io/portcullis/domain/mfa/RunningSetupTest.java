package io.portcullis.domain.mfa;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Session;
import io.portcullis.testing.States;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningSetupTest {
    private static final TotpKey KEY = TotpKey.of("JBSWY3DPEHPK3PXP", TotpSettings.DEFAULTS);

    private final TestDomain domain = new TestDomain();

    /** An account is disabled, in a set-up, or enabled; an addition runs beside it, or does not. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            DISABLED,            ONE_FACTOR, false
            SETUP,               ONE_FACTOR, true
            SETUP,               PROVED,     true
            SETUP_OVER,          ONE_FACTOR, false
            ENABLED,             ONE_FACTOR, false
            ENABLED,             PROVED,     false
            ENABLED_ADDING,      ONE_FACTOR, false
            ENABLED_ADDING,      BY_DEVICE,  false
            ENABLED_ADDING,      PROVED,     true
            ENABLED_ADDING_OVER, PROVED,     false
            """)
    void aCodeIsForASetupThatItsSessionCouldConfirm(State state, Passed passed, boolean forTheSetup) {
        become(state);
        assertThat(domain.runningSetup.awaitsCodeOf(session(passed))).isEqualTo(forTheSetup);
    }

    @Test
    void aStoreThatIsDownTellsNothing() {
        var session = domain.loggedIn();
        domain.accounts.goDown();
        assertThat(problemOf(() -> domain.runningSetup.awaitsCodeOf(session)))
                .isEqualTo(new Problem.StoreUnavailable());
    }

    enum State {
        DISABLED,
        SETUP,
        SETUP_OVER,
        ENABLED,
        ENABLED_ADDING,
        ENABLED_ADDING_OVER
    }

    enum Passed {
        ONE_FACTOR,
        BY_DEVICE,
        PROVED
    }

    private Session session(Passed passed) {
        var session = domain.loggedIn();
        var now = domain.clock.instant();
        return switch (passed) {
            case ONE_FACTOR -> session;
            case BY_DEVICE -> session.elevated(Method.DEVICE, now);
            case PROVED -> session.elevated(Method.TOTP, now);
        };
    }

    private void become(State state) {
        var now = domain.clock.instant();
        var later = now.plusSeconds(1);
        switch (state) {
            case DISABLED -> become(new Mfa.Disabled());
            case SETUP -> become(States.settingUp(KEY, later));
            case SETUP_OVER -> become(States.settingUp(KEY, now));
            case ENABLED -> enable(Optional.empty());
            case ENABLED_ADDING -> enable(Optional.of(later));
            case ENABLED_ADDING_OVER -> enable(Optional.of(now));
        }
    }

    private void enable(Optional<Instant> addingUntil) {
        become(States.settingUp(KEY, domain.clock.instant()));
        var app = States.enabled(KEY, 7).totp();
        var addition = addingUntil.map(
                until -> new Setup(new Enrollment.Email("alice@example.com"), until, Optional.empty(), Map.of()));
        become(new Mfa.Enabled(app, Optional.empty(), addition));
    }

    private void become(Mfa mfa) {
        domain.accounts.<Boolean>change(ALICE, work -> {
            work.become(mfa);
            return true;
        });
    }
}
