package io.portcullis.domain.mfa;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.FROM;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.AdmitLogin;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import io.portcullis.testing.MfaUnderTest;
import io.portcullis.testing.MfaWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Thousands of random steps of an account, against a model of the contract. */
class MfaModelTest {
    private static final int STEPS = 250;

    static LongStream seeds() {
        return MfaWalk.seeds(40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aLongRandomWalkIsThatOfTheModel(long seed) {
        var domain = new TestDomain();
        new MfaWalk(seed, domain.clock, new InDomain(domain), true).run(STEPS);
    }

    /** Else they would show little. */
    @Test
    void theWalksComeEverywhere() {
        var outcomes = new TreeSet<String>();
        for (long seed = 1; seed <= 10; seed++) {
            var domain = new TestDomain();
            var walk = new MfaWalk(seed, domain.clock, new InDomain(domain), true);
            walk.run(STEPS);
            outcomes.addAll(walk.outcomes());
        }
        assertThat(outcomes)
                .containsExactlyInAnyOrder(
                        MfaUnderTest.OK,
                        "ACCOUNT_LOCKED",
                        "ALREADY_ENABLED",
                        "CODE_ALREADY_USED",
                        "CODE_EXPIRED",
                        "INVALID_CODE",
                        "MAIL_UNAVAILABLE",
                        "RATE_LIMITED",
                        "REAUTHENTICATION_REQUIRED",
                        "SETUP_NOT_STARTED");
    }

    private static final class InDomain implements MfaUnderTest {
        private final TestDomain domain;
        private final List<Session> sessions = new ArrayList<>();
        private String tempToken = "";
        private int logins;

        InDomain(TestDomain domain) {
            this.domain = domain;
            for (int i = 0; i < MfaWalk.SESSIONS; i++) {
                sessions.add(domain.loggedIn());
            }
        }

        private Session session(int number) {
            return domain.stored(sessions.get(number));
        }

        private static Seen seen(Supplier<Seen> step) {
            try {
                return step.get();
            } catch (Refused refused) {
                int remaining = refused.problem() instanceof Problem.InvalidCode wrong ? wrong.remainingAttempts() : -1;
                return new Seen(refused.problem().code().wire(), remaining, Optional.empty(), List.of());
            }
        }

        private static Seen ok(List<RecoveryCode> codes) {
            return new Seen(
                    OK,
                    -1,
                    Optional.empty(),
                    codes.stream().map(RecoveryCode::plaintext).toList());
        }

        @Override
        public Seen startSetup(int session, Method method, boolean show) {
            return seen(() -> switch (domain.startSetup.start(session(session), method, show, FROM)) {
                case StartSetup.Started.App app ->
                    new Seen(
                            OK,
                            -1,
                            Optional.of(app.key().base32()),
                            ok(app.recoveryCodes()).recoveryCodes());
                case StartSetup.Started.Mail mail -> ok(mail.recoveryCodes());
            });
        }

        @Override
        public Seen confirm(int session, String code, boolean keep) {
            var given = new ConfirmSetup.Given(
                    Optional.of(code), Optional.empty(), Optional.empty(), Optional.empty(), keep);
            return seen(() -> ok(domain.confirm(session(session), given)));
        }

        @Override
        public boolean mayShow() {
            return true;
        }

        @Override
        public Seen verify(int session, String code, Optional<Method> method) {
            return seen(() -> {
                domain.stepUp(session(session), code, method, FROM);
                return Seen.of(OK);
            });
        }

        @Override
        public Seen sendCode(int session) {
            return seen(() -> {
                domain.requestCode.forSession(session(session), FROM);
                return Seen.of(OK);
            });
        }

        @Override
        public Seen disable(int session, Optional<String> code, Optional<String> password) {
            return seen(() -> {
                domain.disable(session(session), code, password);
                for (int other = 0; other < sessions.size(); other++) {
                    if (other != session) {
                        sessions.set(other, domain.loggedIn());
                    }
                }
                return Seen.of(OK);
            });
        }

        @Override
        public Seen regenerate(int session, Optional<String> code, Optional<String> password) {
            return seen(() ->
                    ok(domain.regenerate.regenerate(session(session), new FreshProof.Given(code, password), FROM)));
        }

        @Override
        public void logout(int session) {
            domain.logout.logout(session(session), FROM);
            sessions.set(session, domain.loggedIn());
        }

        @Override
        public Seen login(int session) {
            var admitted = domain.admitted("credential of login " + ++logins, Optional.empty());
            return seen(() -> switch (domain.admit(admitted, false, FROM)) {
                case AdmitLogin.Outcome.Complete complete -> {
                    sessions.set(session, complete.session());
                    yield Seen.of(OK);
                }
                case AdmitLogin.Outcome.SecondFactorNeeded needed -> {
                    tempToken = needed.tempToken();
                    yield Seen.of(SECOND_FACTOR);
                }
            });
        }

        @Override
        public Seen verifyLogin(int session, String code) {
            return seen(() -> {
                var verified = domain.verify(tempToken, code, Optional.empty(), FROM);
                sessions.set(session, verified.login().session());
                return Seen.of(OK);
            });
        }

        @Override
        public void mailDown(boolean down) {
            if (down) {
                domain.mailroom.goDown();
            } else {
                domain.mailroom.comeBack();
            }
        }

        @Override
        public String mailedCode() {
            return domain.mailroom.code();
        }

        @Override
        public String password() {
            return TestDomain.PASSWORD;
        }

        private Standing standing() {
            return domain.accounts.standing(ALICE, sessions.getFirst().fingerprint());
        }

        @Override
        public String state() {
            return standing().state().name();
        }

        @Override
        public Set<Method> methods() {
            return standing().methods();
        }

        @Override
        public int recoveryCodesRemaining() {
            return standing().recoveryCodesRemaining();
        }

        @Override
        public boolean twoFactor(int session) {
            return session(session).level() == Level.TWO_FACTOR;
        }
    }
}
