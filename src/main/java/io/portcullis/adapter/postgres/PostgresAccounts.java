package io.portcullis.adapter.postgres;

import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.AuditListener;
import io.portcullis.domain.device.RememberedDevice;
import io.portcullis.domain.legacy.LegacyRecords;
import io.portcullis.domain.mfa.AccountRecord;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Lockout;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.mfa.Standing;
import io.portcullis.domain.session.Fingerprint;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The MFA records in PostgreSQL: a change is a transaction that holds the lock of the account's row. Changes of one
 * account wait for each other before they take a connection, so that however many they are, they hold one.
 */
public final class PostgresAccounts implements Accounts {
    /** One statement, so that all of it is of one moment; a set-up whose time ran out is none. */
    private static final String STANDING = """
            SELECT CASE WHEN account.state = 'SETUP_IN_PROGRESS' AND account.setup_expires_at <= $4 THEN 'DISABLED'
                        ELSE coalesce(account.state, 'DISABLED') END,
                   coalesce(account.security_version, 0),
                   (SELECT count(*) FROM recovery_code code
                     WHERE code.realm = $1 AND code.subject = $2 AND code.used_at IS NULL),
                   EXISTS (SELECT FROM revoked_credential WHERE fingerprint = $3),
                   account.credentials_valid_since,
                   account.state = 'ENABLED' AND account.totp_key IS NOT NULL,
                   account.state = 'ENABLED' AND account.mailbox IS NOT NULL
              FROM (VALUES (1)) one
              LEFT JOIN mfa_account account ON account.realm = $1 AND account.subject = $2
            """;

    /** Whoever waits holds nothing but a thread, and the one before may have slow hashes to compute. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Postgres postgres;
    private final SecretBox box;
    private final AuditChain chain;
    private final AuditMonths months;
    private final InstantSource clock;
    private final BooleanSupplier hasChannel;
    private final LegacyRecords legacyRecords;
    private final AuditListener auditListener;
    private final Turns turns = new Turns(PATIENCE);

    /** One whose changes nobody is told of. */
    public PostgresAccounts(Postgres postgres, SecretBox box, AuditKey auditKey, InstantSource clock) {
        this(postgres, box, auditKey, clock, () -> false);
    }

    /** One whose changes no legacy record hears of. */
    public PostgresAccounts(
            Postgres postgres, SecretBox box, AuditKey auditKey, InstantSource clock, BooleanSupplier hasChannel) {
        this(postgres, box, auditKey, clock, hasChannel, LegacyRecords.NONE);
    }

    /**
     * Secrets are sealed by {@code box} for the row and the column they are in; events are chained by {@code auditKey}.
     *
     * @param hasChannel asked for each change: whether notices of it are written into the {@link Outbox}
     * @param legacyRecords those that hear of it when a second factor is turned on or off
     */
    public PostgresAccounts(
            Postgres postgres,
            SecretBox box,
            AuditKey auditKey,
            InstantSource clock,
            BooleanSupplier hasChannel,
            LegacyRecords legacyRecords) {
        this(postgres, box, auditKey, clock, hasChannel, legacyRecords, AuditListener.NONE);
    }

    /** The same with somebody who hears of the events. */
    public PostgresAccounts(
            Postgres postgres,
            SecretBox box,
            AuditKey auditKey,
            InstantSource clock,
            BooleanSupplier hasChannel,
            LegacyRecords legacyRecords,
            AuditListener auditListener) {
        this.postgres = postgres;
        this.box = box;
        this.chain = new AuditChain(auditKey);
        this.months = new AuditMonths(postgres);
        this.clock = clock;
        this.hasChannel = hasChannel;
        this.legacyRecords = legacyRecords;
        this.auditListener = auditListener;
    }

    @Override
    public <T> T change(Account account, Function<Work, T> change) {
        var begun = new AtomicReference<AccountWork>();
        var done = turns.inTurn(account, () -> {
            months.ensure(clock.instant());
            try {
                var kept = postgres.inTransaction(statements -> {
                    var work = AccountWork.begin(statements, account, new KeySeal(box, account), clock);
                    begun.set(work);
                    return run(work, change);
                });
                AuditLines.log(kept.links());
                kept.events().forEach(auditListener::committed);
                return kept;
            } catch (RuntimeException notKept) {
                Optional.ofNullable(begun.get()).ifPresent(AccountWork::lost);
                throw notKept;
            }
        });
        done.legacyChange().ifPresent(id -> legacyRecords.changed(account, id));
        return done.result();
    }

    /** What a change gave back, the events it wrote, and what the legacy record is to hear of it. */
    private record Done<T>(
            T result, List<AuditChain.Link> links, List<AuditEvent> events, Optional<Long> legacyChange) {}

    private <T> Done<T> run(AccountWork work, Function<Work, T> change) {
        var result = change.apply(work);
        try {
            var links = work.finish(
                    chain,
                    hasChannel.getAsBoolean(),
                    legacyRecords.has(work.account().realm()));
            return new Done<>(result, links, work.events(), work.legacyChange());
        } catch (RuntimeException failure) {
            months.forget(); // for the case that a partition is missing
            throw failure;
        }
    }

    @Override
    public <T> T inTurn(Account account, Supplier<T> work) {
        return turns.inTurn(account, work);
    }

    @Override
    public AccountRecord read(Account account) {
        return postgres.withConnection(statements -> {
            var rows = statements.run(
                    "SELECT * FROM mfa_account WHERE realm = $1 AND subject = $2", account.realm(), account.subject());
            var codes = new RecoveryCodes(statements, account);
            return rows.size() == 0
                    ? new AccountRecord(
                            new Identity(account, Optional.empty(), Optional.empty()),
                            new Mfa.Disabled(),
                            Lockout.NONE,
                            0,
                            0)
                    : AccountWork.read(
                            account, new KeySeal(box, account), rows.iterator().next(), codes.remaining());
        });
    }

    @Override
    public List<StoredRecoveryCode> recoveryCodes(Account account) {
        return postgres.withConnection(statements -> new RecoveryCodes(statements, account).all());
    }

    /** One without a set-up is not looked at: the index has those that have one. */
    @Override
    public List<Account> abandonedSetups(Instant now, Optional<Account> after, int limit) {
        return postgres.withConnection(statements -> {
            var accounts = new ArrayList<Account>();
            for (var row : statements.run(
                    """
                    SELECT realm, subject FROM mfa_account
                     WHERE setup_expires_at <= $1 AND (realm, subject) > ($2, $3)
                     ORDER BY realm, subject LIMIT $4""",
                    now.atOffset(ZoneOffset.UTC),
                    after.map(Account::realm).orElse(""),
                    after.map(Account::subject).orElse(""),
                    limit)) {
                accounts.add(new Account(row.getString(0), row.getString(1)));
            }
            return accounts;
        });
    }

    @Override
    public List<RememberedDevice> devices(Account account) {
        return postgres.withConnection(statements -> new DeviceRows(statements, account).all());
    }

    @Override
    public int forgetExpiredDevices(Instant then) {
        return postgres.withConnection(statements -> DeviceRows.forgetExpired(statements, then));
    }

    @Override
    public Standing standing(Account account, Fingerprint fingerprint) {
        return postgres.withConnection(statements -> {
            var row = statements
                    .run(STANDING, account.realm(), account.subject(), fingerprint.value(), now())
                    .iterator()
                    .next();
            var state = MfaState.valueOf(row.getString(0));
            return new Standing(
                    state,
                    methods(row),
                    row.getLong(1),
                    row.getLong(2).intValue(),
                    row.getBoolean(3),
                    Optional.ofNullable(row.getOffsetDateTime(4)).map(OffsetDateTime::toInstant));
        });
    }

    private static Set<Method> methods(Row row) {
        var methods = EnumSet.noneOf(Method.class);
        if (Boolean.TRUE.equals(row.getBoolean(5))) {
            methods.add(Method.TOTP);
        }
        if (Boolean.TRUE.equals(row.getBoolean(6))) {
            methods.add(Method.EMAIL);
        }
        return methods;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
