package io.portcullis.domain.mfa;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.session.Session;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** {@code DISABLED, SETUP_IN_PROGRESS -> SETUP_IN_PROGRESS}: a new temporary key replaces the old temporary one. */
public final class StartSetup {
    private final Accounts accounts;
    private final MfaSettings settings;
    private final SecureRandom random;
    private final InstantSource clock;

    public StartSetup(Accounts accounts, MfaSettings settings, SecureRandom random, InstantSource clock) {
        this.accounts = accounts;
        this.settings = settings;
        this.random = random;
        this.clock = clock;
    }

    /** What the person needs to set up an app, shown once. Prints itself hidden. */
    public record Started(TotpKey key, String otpauthUrl, Duration expiresIn) {
        @Override
        public String toString() {
            return "Started[hidden]";
        }
    }

    public Started start(Session session, Origin origin) {
        var key = TotpKey.random(random, settings.totp());
        accounts.change(session.account(), work -> {
            Freshness.check(session, work);
            var now = clock.instant();
            work.become(work.current().startSetup(key, now.plus(settings.setupTtl())));
            work.record(new AuditEvent(AuditEvent.Type.SETUP_STARTED, now, AuditEvent.SELF, origin, "totp"));
            return key;
        });
        var label = session.identity().email().orElse(session.account().subject());
        return new Started(key, key.otpauthUrl(settings.issuer(), label), settings.setupTtl());
    }
}
