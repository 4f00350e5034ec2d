package io.portcullis.domain.login;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.session.IdentitySource;
import io.portcullis.domain.session.SessionSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Names the account behind a credential that a legacy login has just handed out. */
public final class CapturedLogin {
    private static final List<String> PASSWORD = List.of("pwd");

    private final List<IdentitySource> sources;
    private final SessionSettings settings;
    private final InstantSource clock;

    public CapturedLogin(List<IdentitySource> sources, SessionSettings settings, InstantSource clock) {
        this.sources = List.copyOf(sources);
        this.settings = settings;
        this.clock = clock;
    }

    /** What the legacy answer says of the person; absent members are filled from the request. */
    public record LegacyUser(Optional<String> id, Optional<String> email, Optional<String> role) {}

    /**
     * The token names the account where a token source accepts it, so that the gate sees the same account later; else the
     * legacy answer does. Empty when neither tells who it is.
     */
    public Optional<FirstFactor.Admitted> identify(
            CaptureSettings capture, String credential, LegacyUser user, String requestEmail, LegacyAnswer answer) {
        for (var source : sources) {
            var recognized = source.recognize(credential);
            if (recognized.isPresent()) {
                var named = recognized.get();
                return Optional.of(new FirstFactor.Admitted(
                        named.identity(), source.name(), PASSWORD, credential, named.expiresAt(), Optional.of(answer)));
            }
        }
        return user.id()
                .map(id -> new FirstFactor.Admitted(
                        new Identity(
                                new Account(capture.realm(), id),
                                user.email().or(() -> Optional.of(requestEmail)),
                                user.role()),
                        capture.name(),
                        PASSWORD,
                        credential,
                        clock.instant().plus(settings.ttl()),
                        Optional.of(answer)));
    }
}
