package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.KeySeal.Column;
import io.portcullis.adapter.postgres.Postgres.Statements;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Accounts.StoredRecoveryCode;
import io.portcullis.domain.mfa.Lockout;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.session.Fingerprint;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One account inside its transaction, its row locked. Each write goes to the server at once, the audit
 * events at the end; the commit keeps them.
 */
final class AccountWork implements Accounts.Work {
    /** A credential passes this long after its own end where clocks differ, so its revocation is kept longer. */
    private static final Duration REVOCATION_OUTLIVES = Duration.ofHours(1);

    private final Statements statements;
    private final Account account;
    private final KeySeal seal;
    private final InstantSource clock;
    private final RecoveryCodes recoveryCodes;
    private final List<AuditEvent> events = new ArrayList<>();
    private Mfa mfa;
    private Lockout lockout;
    private long securityVersion;

    private AccountWork(Statements statements, Account account, KeySeal seal, InstantSource clock, Row row) {
        this.statements = statements;
        this.account = account;
        this.seal = seal;
        this.clock = clock;
        this.recoveryCodes = new RecoveryCodes(statements, account);
        this.mfa = mfa(row, seal);
        this.lockout = lockout(row);
        this.securityVersion = row.getLong("security_version");
    }

    /** Locks the account's row, made where there is none. */
    static AccountWork begin(Statements statements, Account account, KeySeal seal, InstantSource clock) {
        statements.run(
                "INSERT INTO mfa_account (realm, subject) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                account.realm(),
                account.subject());
        var row = statements
                .run(
                        "SELECT * FROM mfa_account WHERE realm = $1 AND subject = $2 FOR UPDATE",
                        account.realm(),
                        account.subject())
                .iterator()
                .next();
        return new AccountWork(statements, account, seal, clock, row);
    }

    private static Mfa mfa(Row row, KeySeal seal) {
        return switch (row.getString("state")) {
            case "SETUP_IN_PROGRESS" ->
                new Mfa.SetupInProgress(
                        seal.open(row.getBuffer("temporary_totp_key"), Column.TEMPORARY_TOTP_KEY),
                        row.getOffsetDateTime("setup_expires_at").toInstant());
            case "ENABLED" ->
                new Mfa.Enabled(
                        seal.open(row.getBuffer("totp_key"), Column.TOTP_KEY), row.getLong("last_accepted_step"));
            default -> new Mfa.Disabled();
        };
    }

    private static Lockout lockout(Row row) {
        return new Lockout(
                row.getInteger("failures"),
                instant(row.getOffsetDateTime("failure_window_start")),
                row.getInteger("failures_in_a_row"),
                row.getInteger("locks"),
                instant(row.getOffsetDateTime("locked_until")));
    }

    @Override
    public Mfa current() {
        return mfa;
    }

    /** The transitions that exist, each guarded by the row itself: a write that its guard refuses is a bug and thrown. */
    @Override
    public void become(Mfa next) {
        switch (next) {
            case Mfa.Disabled disabled -> update("""
                        state = 'DISABLED', temporary_totp_key = NULL, setup_expires_at = NULL,
                        totp_key = NULL, last_accepted_step = NULL""", "true");
            case Mfa.SetupInProgress setup ->
                update(
                        "state = 'SETUP_IN_PROGRESS', temporary_totp_key = $3, setup_expires_at = $4",
                        "state <> 'ENABLED'", // a temporary key never overwrites an enabled one
                        seal.seal(setup.key(), Column.TEMPORARY_TOTP_KEY),
                        time(setup.expiresAt()));
            case Mfa.Enabled enabled -> enable(enabled);
        }
        mfa = next;
    }

    private void enable(Mfa.Enabled next) {
        if (!(mfa instanceof Mfa.Enabled before)) {
            update("""
                    state = 'ENABLED', temporary_totp_key = NULL, setup_expires_at = NULL,
                    totp_key = $3, last_accepted_step = $4""", "state = 'SETUP_IN_PROGRESS'", seal.seal(next.key(), Column.TOTP_KEY), next.lastAcceptedStep());
        } else if (before.key().stored().equals(next.key().stored())) {
            update("last_accepted_step = $3", "last_accepted_step < $3", next.lastAcceptedStep());
        } else {
            throw new IllegalStateException("an enabled key is never replaced by another");
        }
    }

    @Override
    public Lockout lockout() {
        return lockout;
    }

    @Override
    public void lockout(Lockout next) {
        update(
                "failures = $3, failure_window_start = $4, failures_in_a_row = $5, locks = $6, locked_until = $7",
                "true",
                next.failures(),
                next.windowStart().map(AccountWork::time).orElse(null),
                next.inARow(),
                next.locks(),
                next.lockedUntil().map(AccountWork::time).orElse(null));
        lockout = next;
    }

    @Override
    public long securityVersion() {
        return securityVersion;
    }

    @Override
    public long raiseSecurityVersion() {
        update("security_version = security_version + 1, credentials_valid_since = $3", "true", time(clock.instant()));
        return ++securityVersion;
    }

    @Override
    public void replaceRecoveryCodes(Map<String, String> hashes) {
        recoveryCodes.replace(hashes);
    }

    @Override
    public Optional<StoredRecoveryCode> recoveryCode(String index) {
        return recoveryCodes.find(index);
    }

    @Override
    public void useRecoveryCode(String index) {
        recoveryCodes.use(index, time(clock.instant()));
    }

    @Override
    public int recoveryCodesRemaining() {
        return recoveryCodes.remaining();
    }

    @Override
    public void revoke(Fingerprint fingerprint, Instant until) {
        statements.run(
                "DELETE FROM revoked_credential WHERE expires_at < $1",
                time(clock.instant().minus(REVOCATION_OUTLIVES)));
        statements.run("""
                INSERT INTO revoked_credential (fingerprint, expires_at) VALUES ($1, $2)
                ON CONFLICT (fingerprint) DO UPDATE SET expires_at = greatest(revoked_credential.expires_at, $2)""", fingerprint.value(), time(until));
    }

    /** Written by {@link #finish}. */
    @Override
    public void record(AuditEvent event) {
        events.add(event);
    }

    /** Writes the events, last of all before the commit. */
    List<AuditChain.Link> finish(AuditChain chain) {
        return chain.append(statements, account, events);
    }

    /** Parameters of {@code assignments} and {@code guard} begin at {@code $3}. */
    private void update(String assignments, String guard, @Nullable Object... values) {
        var parameters = new Object[values.length + 2];
        parameters[0] = account.realm();
        parameters[1] = account.subject();
        System.arraycopy(values, 0, parameters, 2, values.length);
        statements.changeOne(
                "UPDATE mfa_account SET " + assignments + " WHERE realm = $1 AND subject = $2 AND " + guard,
                parameters);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }
}
