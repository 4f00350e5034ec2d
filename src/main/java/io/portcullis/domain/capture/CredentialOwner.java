package io.portcullis.domain.capture;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.capture.CaptureSettings.Success;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.domain.login.People;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.IdentitySource;
import io.portcullis.domain.session.SessionSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Finds the account behind a credential that a backend just handed out. An identity source that accepts the credential goes
 * first, so that the gate sees the same account later; then the answer itself; then the accounts of the realm that have the e-mail
 * of the request. The e-mail alone names nobody: a backend may take several spellings for one person, and each spelling that we
 * do not fold as it does would be another account, a fresh one without a second factor.
 */
public final class CredentialOwner {
    private static final List<String> PASSWORD = List.of("pwd");

    private final AnswerBody bodies;
    private final List<IdentitySource> sources;
    private final List<People> people;
    private final SessionSettings settings;
    private final InstantSource clock;

    public CredentialOwner(
            AnswerBody bodies,
            List<IdentitySource> sources,
            List<People> people,
            SessionSettings settings,
            InstantSource clock) {
        this.bodies = bodies;
        this.sources = sources;
        this.people = people;
        this.settings = settings;
        this.clock = clock;
    }

    /** Empty when nothing says whose it is. */
    Optional<FirstFactor.Admitted> of(
            CaptureSettings capture,
            Success success,
            String credential,
            Optional<String> requestEmail,
            LegacyAnswer answer) {
        return bySource(success, credential, answer)
                .or(() -> byAnswer(capture, success, answer)
                        .or(() -> byEmail(capture, requestEmail))
                        .map(identity -> opaque(capture, identity, new Carried(credential, success.cookie()), answer)));
    }

    private Optional<FirstFactor.Admitted> bySource(Success success, String credential, LegacyAnswer answer) {
        for (var source : sources) {
            if (judges(source, success, credential)) {
                var recognized = source.recognize(credential);
                if (recognized.isPresent()) {
                    var named = recognized.get();
                    return Optional.of(new FirstFactor.Admitted(
                            named.identity(),
                            source.name(),
                            PASSWORD,
                            credential,
                            named.credential(),
                            Optional.of(answer)));
                }
            }
        }
        return Optional.empty();
    }

    /** A frontend may keep a token of a body wherever it likes; to ask somebody about it is worth it only where requests bring it so. */
    private static boolean judges(IdentitySource source, Success success, String credential) {
        return success.cookie()
                .map(name -> source.reads(Carried.cookie(name, credential)))
                .orElseGet(() -> !source.asksElsewhere() || source.reads(Carried.bearer(credential)));
    }

    /** By the id alone; where the answer has no role or e-mail beside it, there is none. What the request says of itself is no e-mail. */
    private Optional<Identity> byAnswer(CaptureSettings capture, Success success, LegacyAnswer answer) {
        return success.user()
                .flatMap(user -> bodies.text(answer, user + "/id")
                        .map(id -> new Identity(
                                new Account(capture.realm(), id),
                                bodies.text(answer, user + "/email"),
                                bodies.text(answer, user + "/role"))));
    }

    private Optional<Identity> byEmail(CaptureSettings capture, Optional<String> requestEmail) {
        return requestEmail.flatMap(email -> people.stream()
                .filter(table -> table.realm().equals(capture.realm()))
                .flatMap(table -> table.byEmail(email).stream())
                .findFirst());
    }

    private FirstFactor.Admitted opaque(
            CaptureSettings capture, Identity identity, Carried handedOut, LegacyAnswer answer) {
        return new FirstFactor.Admitted(
                identity,
                capture.name(),
                PASSWORD,
                handedOut.credential(),
                new Credential(handedOut.fingerprint(), clock.instant().plus(settings.ttl())),
                Optional.of(answer));
    }
}
