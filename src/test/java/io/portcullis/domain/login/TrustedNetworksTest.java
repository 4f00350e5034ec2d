package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.CLIENT;
import static io.portcullis.domain.TestDomain.OFFICE;
import static io.portcullis.domain.TestDomain.PASSWORD;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.mfa.FreshProof;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.SessionSettings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrustedNetworksTest {
    private static final Client AT_THE_OFFICE = new Client(OFFICE, "test");
    private static final Origin FROM_THE_OFFICE = new Origin(AT_THE_OFFICE, "request-2", Locale.ENGLISH);

    private final TestDomain domain = new TestDomain();
    private final Recognize recognize = recognize(domain.trustedNetworks);

    @Test
    void atTheOfficeTheSecondFactorIsSkipped() {
        domain.enrolled();
        var session = letIn();
        assertThat(session.verified()).containsOnlyKeys(Method.NETWORK);
        assertThat(session.verified()).containsEntry(Method.NETWORK, domain.clock.instant());
        assertThat(session.amr()).containsExactly("pwd", "network");
        assertThat(domain.accounts.details(ALICE, AuditEvent.Type.SECOND_FACTOR_SKIPPED))
                .containsExactly("network");
        assertThat(domain.accounts.events(ALICE)).endsWith(AuditEvent.Type.LOGIN_SUCCEEDED);
    }

    @Test
    void elsewhereItIsNot() {
        domain.enrolled();
        assertThat(domain.admit(domain.admitted("login", Optional.empty()), false, TestDomain.FROM))
                .isInstanceOf(AdmitLogin.Outcome.SecondFactorNeeded.class);
    }

    @Test
    void aRoleThatIsNotNamedSkipsNothing() {
        domain.enrolled();
        var admitted = domain.admitted("login", Optional.empty());
        for (var role : List.of(Optional.of("editor"), Optional.<String>empty())) {
            var editor = new FirstFactor.Admitted(
                    new Identity(ALICE, Optional.empty(), role),
                    admitted.source(),
                    admitted.amr(),
                    admitted.token(),
                    admitted.credential(),
                    admitted.answer());
            assertThat(domain.admit(editor, false, FROM_THE_OFFICE))
                    .isInstanceOf(AdmitLogin.Outcome.SecondFactorNeeded.class);
        }
    }

    @Test
    void whoHasNoSecondFactorHasNoneAtTheOfficeEither() {
        assertThat(letIn().level()).isEqualTo(Level.ONE_FACTOR);
        assertThat(domain.accounts.details(ALICE, AuditEvent.Type.SECOND_FACTOR_SKIPPED))
                .isEmpty();
    }

    @Test
    void theSessionHasNoneForARequestFromElsewhere() {
        domain.enrolled();
        letIn();
        assertThat(level(recognize, AT_THE_OFFICE)).isEqualTo(Level.TWO_FACTOR);
        assertThat(level(recognize, CLIENT)).isEqualTo(Level.ONE_FACTOR);
        assertThat(level(recognize, AT_THE_OFFICE)).isEqualTo(Level.TWO_FACTOR);
    }

    @Test
    void aNetworkThatIsTrustedNoMoreVouchesForNoSessionThereIs() {
        domain.enrolled();
        letIn();
        assertThat(level(recognize(TrustedNetworks.NONE), AT_THE_OFFICE)).isEqualTo(Level.ONE_FACTOR);
        var othersOnly = new TrustedNetworks(Set.of("editor"), OFFICE::equals);
        assertThat(level(recognize(othersOnly), AT_THE_OFFICE)).isEqualTo(Level.ONE_FACTOR);
    }

    @Test
    void aCodeThatIsProvedThereCountsEverywhere() {
        var alice = domain.enrolled();
        letIn();
        var session = recognize
                .recognize(List.of(Carried.bearer("login")), AT_THE_OFFICE)
                .caller()
                .session();
        domain.stepUp(session, domain.code(alice.key()), Optional.empty(), FROM_THE_OFFICE);
        assertThat(level(recognize, CLIENT)).isEqualTo(Level.TWO_FACTOR);
    }

    @Test
    void aNetworkIsNoFreshProofNotEvenWithThePassword() {
        domain.enrolled();
        var session = letIn();
        for (var password : Set.of(Optional.<String>empty(), Optional.of(PASSWORD))) {
            var given = new FreshProof.Given(Optional.empty(), password);
            assertThat(problemOf(() -> domain.disable.disable(session, given, FROM_THE_OFFICE)))
                    .isEqualTo(new Problem.ReauthenticationRequired());
        }
    }

    private Recognize recognize(TrustedNetworks networks) {
        return new Recognize(
                List.of(),
                List.of(LoginSource.remembering("legacy-login")),
                domain.sessions,
                domain.accounts,
                networks,
                SessionSettings.DEFAULTS,
                domain.clock);
    }

    private Session letIn() {
        var outcome = domain.admit(domain.admitted("login", Optional.empty()), false, FROM_THE_OFFICE);
        return ((AdmitLogin.Outcome.Complete) outcome).session();
    }

    private static Level level(Recognize by, Client client) {
        return by.recognize(List.of(Carried.bearer("login")), client)
                .caller()
                .session()
                .level();
    }
}
