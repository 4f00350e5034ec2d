package io.portcullis.domain.login;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.CLIENT;
import static io.portcullis.testing.Refusals.problemOf;

import io.portcullis.domain.KnownTokens;
import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.SessionSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** People who are recognized by the tokens of a legacy backend, or by a captured login. */
abstract class Recognition {
    static final Account BOB = new Account("admin", "bob");
    static final Problem LOGIN_AGAIN = new Problem.AuthRequired();

    final TestDomain domain = new TestDomain();
    final KnownTokens source = new KnownTokens(domain.clock);
    final Recognize recognize = new Recognize(
            List.of(source),
            List.of(LoginSource.remembering("legacy-login")),
            domain.sessions,
            domain.accounts,
            domain.trustedNetworks,
            SessionSettings.DEFAULTS,
            domain.clock);

    @BeforeEach
    void tokensOfTheLegacyBackend() {
        var tomorrow = domain.clock.instant().plus(Duration.ofDays(1));
        source.accept("alice 1", ALICE, tomorrow);
        source.accept("alice 2", ALICE, tomorrow);
        source.accept("bob", BOB, tomorrow);
    }

    void raise(String credential) {
        Session session = recognize(credential).session();
        domain.sessions.put(session.elevated(Method.TOTP, domain.clock.instant()));
    }

    Caller recognize(String credential) {
        return recognize.recognize(carried(credential), CLIENT).caller();
    }

    Problem refusal(String... credentials) {
        return problemOf(() -> recognize.recognize(carried(credentials), CLIENT));
    }

    static List<Carried> carried(String... credentials) {
        return Stream.of(credentials).map(Carried::bearer).toList();
    }
}
