package io.portcullis.domain.login;

import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.device.DeviceToken;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.RememberDevice;
import io.portcullis.domain.session.Session;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What may stand in for the second factor at a login: a remembered device, or a trusted network. */
public final class SkipSecondFactor {
    private final RememberDevice rememberDevice;
    private final TrustedNetworks trustedNetworks;
    private final InstantSource clock;

    public SkipSecondFactor(RememberDevice rememberDevice, TrustedNetworks trustedNetworks, InstantSource clock) {
        this.rememberDevice = rememberDevice;
        this.trustedNetworks = trustedNetworks;
        this.clock = clock;
    }

    /** A session that is {@code two-factor} without a proof, and the next token of the device that stood in. */
    record Skipped(Session session, Optional<DeviceToken> device) {}

    /** Whether it is worth asking; false for most people and most requests. */
    boolean mayApply(Identity identity, Optional<String> deviceToken, Origin origin) {
        return (deviceToken.isPresent() && rememberDevice.serves(identity))
                || trustedNetworks.vouchFor(identity, origin.client().address());
    }

    /** Inside a change of an account whose second factor is on. The device goes first: it is good elsewhere, too. */
    Optional<Skipped> skip(Accounts.Work work, Session session, Optional<String> deviceToken, Origin origin) {
        var recalled = deviceToken.flatMap(token -> rememberDevice.recall(work, session.identity(), token, origin));
        if (recalled.isPresent()) {
            var device = recalled.get();
            var skipped = skip(work, session, Method.DEVICE, device.device().verifiedAt(), origin);
            return Optional.of(new Skipped(skipped, Optional.of(device.token())));
        }
        return trustedNetworks.vouchFor(session.identity(), origin.client().address())
                ? Optional.of(
                        new Skipped(skip(work, session, Method.NETWORK, clock.instant(), origin), Optional.empty()))
                : Optional.empty();
    }

    private Session skip(Accounts.Work work, Session session, Method method, Instant verifiedAt, Origin origin) {
        work.record(AuditEvent.own(AuditEvent.Type.SECOND_FACTOR_SKIPPED, clock.instant(), origin, method.wire()));
        return session.elevated(method, verifiedAt);
    }
}
