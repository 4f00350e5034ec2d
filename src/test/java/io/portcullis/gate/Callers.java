package io.portcullis.gate;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.login.Caller;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.mfa.Standing;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** People before the gate. */
final class Callers {
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    static final Account ALICE = new Account("admin", "alice");

    private Callers() {}

    static Caller inState(MfaState state, Map<Method, Instant> verified) {
        return caller(Optional.of("admin"), state, verified, Set.of(Method.TOTP));
    }

    static Caller enabled(Map<Method, Instant> verified) {
        return inState(MfaState.ENABLED, verified);
    }

    static Caller caller(
            Optional<String> role, MfaState state, Map<Method, Instant> verified, Set<Method> whenEnabled) {
        var session = session("credential", ALICE, Optional.of("alice@example.com"), role, verified);
        return new Caller(
                session,
                new Standing(state, state == MfaState.ENABLED ? whenEnabled : Set.of(), 0, 10, false, Optional.empty()),
                session.expiresAt());
    }

    static Session session(
            String credential,
            Account account,
            Optional<String> email,
            Optional<String> role,
            Map<Method, Instant> verified) {
        return new Session(
                new Credential(Fingerprint.of(credential), NOW.plus(Duration.ofDays(7))),
                "jwt",
                new Identity(account, email, role),
                List.of("pwd"),
                verified,
                NOW,
                NOW.plus(Duration.ofDays(7)),
                NOW,
                Duration.ofHours(24),
                new Client("192.0.2.1", "test"),
                0);
    }
}
