package io.portcullis.server;

import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.postgres.AuditRetention;
import io.portcullis.adapter.postgres.Postgres;
import io.portcullis.adapter.postgres.Resealing;
import io.portcullis.adapter.postgres.RevokedCredentials;
import io.portcullis.domain.audit.AuditSettings;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.EraseAbandonedSetups;
import io.portcullis.server.Housekeeping.Chore;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** All that the housekeeping does. */
final class Chores {
    private Chores() {}

    /** In the order they are done; {@code audit} are the settings in force. */
    static List<Chore> of(
            Postgres postgres,
            SecretBox box,
            Accounts accounts,
            AuditRetention auditRetention,
            OutboxWorker outboxWorker,
            Supplier<AuditSettings> audit,
            InstantSource clock) {
        var abandoned = new EraseAbandonedSetups(accounts, clock);
        var revoked = new RevokedCredentials(postgres);
        var resealing = new Resealing(postgres, box);
        return List.of(
                new Chore("erasing abandoned set-ups", abandoned::run),
                new Chore("forgetting expired revocations", () -> revoked.dropExpired(clock.instant())),
                new Chore(
                        "forgetting devices whose time is over", () -> accounts.forgetExpiredDevices(clock.instant())),
                new Chore("giving up old notices", outboxWorker::giveUpOld),
                new Chore("sealing secrets under the primary key", resealing::run),
                new Chore(
                        "dropping old audit events",
                        () -> auditRetention.dropBefore(
                                clock.instant().minus(audit.get().retention()))));
    }
}
