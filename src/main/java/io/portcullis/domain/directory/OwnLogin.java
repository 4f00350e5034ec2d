package io.portcullis.domain.directory;

import io.portcullis.domain.account.Identity;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.session.OwnToken;
import io.portcullis.domain.session.SessionSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Makes the credential of a login where no legacy backend makes one. */
public final class OwnLogin {
    private static final List<String> PASSWORD = List.of("pwd");

    private final SessionSettings settings;
    private final SecureRandom random;
    private final InstantSource clock;

    public OwnLogin(SessionSettings settings, SecureRandom random, InstantSource clock) {
        this.settings = settings;
        this.random = random;
        this.clock = clock;
    }

    /** A right password, and a token that no client has chosen. */
    FirstFactor.Admitted byPassword(Identity identity, String source) {
        var token = OwnToken.random(random);
        var credential = token.credential(clock.instant().plus(settings.ttl()));
        return new FirstFactor.Admitted(identity, source, PASSWORD, token.value(), credential, Optional.empty());
    }
}
