package io.portcullis.domain.capture;

import static io.portcullis.domain.TestDomain.FROM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.SessionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InheritSessionTest {
    private final TestDomain domain = new TestDomain();
    private final InheritSession inheritSession =
            new InheritSession(domain.accounts, domain.sessions, SessionSettings.DEFAULTS, domain.clock);

    @Test
    void theProofsAndTheirTimesGoOver() {
        var before = raised(opened("first"));
        domain.clock.advance(Duration.ofMinutes(10));
        var heir = inherit(before, refreshed("second")).orElseThrow();
        assertThat(heir.fingerprint()).isEqualTo(Fingerprint.of("second"));
        assertThat(heir.verified()).isEqualTo(before.verified());
        assertThat(heir.createdAt()).isEqualTo(before.createdAt());
        assertThat(domain.stored(heir)).isEqualTo(heir);
        assertThat(domain.stored(before).level()).isEqualTo(Level.TWO_FACTOR); // another tab may use it still
    }

    @Test
    void howeverOftenASessionIsRefreshedItEnds() {
        var first = raised(opened("first"));
        domain.clock.advance(Duration.ofHours(23));
        var second = inherit(first, refreshed("second")).orElseThrow();
        assertThat(second.expiresAt()).isAfter(first.expiresAt());
        var last = second;
        for (int i = 0; i < 8; i++) {
            domain.clock.advance(Duration.ofHours(20));
            last = inherit(last, refreshed("next" + i)).orElse(last);
        }
        assertThat(last.expiresAt()).isEqualTo(first.createdAt().plus(SessionSettings.DEFAULTS.ttl()));
    }

    @Test
    void anotherAccountInheritsNothing() {
        var before = raised(opened("first"));
        var other = new Identity(new Account("admin", "bob"), Optional.empty(), Optional.of("admin"));
        assertThat(inherit(before, refreshed("second", other))).isEmpty();
    }

    @Test
    void aSessionThatEndedLeavesNothing() {
        var before = raised(opened("first"));
        domain.sessions.end(before);
        assertThat(inherit(before, refreshed("second"))).isEmpty();
    }

    @Test
    void aLogoutThatWasFasterWins() {
        var before = raised(opened("first"));
        domain.logout.logout(before, FROM);
        domain.sessions.put(before); // it did not reach the sessions yet
        assertThatThrownBy(() -> inherit(before, refreshed("second"))).isInstanceOf(Refused.class);
        assertThat(domain.sessions.find(Fingerprint.of("second"))).isEmpty();
    }

    @Test
    void aSessionOlderThanItsAccountLeavesNothing() {
        var before = raised(opened("first"));
        domain.accounts.change(TestDomain.ALICE, work -> work.raiseSecurityVersion());
        assertThat(inherit(before, refreshed("second"))).isEmpty();
    }

    @Test
    void oneFactorIsInheritedWhereTheAccountAsksForNoMore() {
        var before = opened("first");
        assertThat(inherit(before, refreshed("second")).orElseThrow().level()).isEqualTo(Level.ONE_FACTOR);
    }

    @Test
    void oneFactorIsNotInheritedWhereTheSecondIsOn() {
        domain.enrolled();
        assertThat(inherit(opened("first"), refreshed("second"))).isEmpty();
        assertThat(domain.sessions.find(Fingerprint.of("second"))).isEmpty();
    }

    private Optional<Session> inherit(Session before, FirstFactor.Admitted refreshed) {
        return inheritSession.inherit(before, refreshed);
    }

    private Session opened(String credential) {
        var admitted = domain.admitted(credential, Optional.empty());
        return domain.sessions.open(Session.begin(
                admitted.credential(),
                admitted.source(),
                admitted.identity(),
                admitted.amr(),
                TestDomain.CLIENT,
                domain.clock.instant(),
                SessionSettings.DEFAULTS,
                domain.accounts
                        .standing(TestDomain.ALICE, admitted.credential().fingerprint())
                        .securityVersion()));
    }

    private Session raised(Session session) {
        var raised = session.elevated(Method.TOTP, domain.clock.instant());
        domain.sessions.put(raised);
        return raised;
    }

    private FirstFactor.Admitted refreshed(String credential) {
        return domain.admitted(credential, Optional.empty());
    }

    private FirstFactor.Admitted refreshed(String credential, Identity identity) {
        var expiresAt = domain.clock.instant().plus(Duration.ofDays(1));
        return new FirstFactor.Admitted(
                identity,
                "legacy-login",
                List.of("pwd"),
                credential,
                new Credential(Fingerprint.of(credential), expiresAt),
                Optional.empty());
    }
}
