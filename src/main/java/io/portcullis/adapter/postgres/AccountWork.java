package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.Postgres.Statements;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.device.Devices;
import io.portcullis.domain.device.KnownClient;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.local.LocalRecord;
import io.portcullis.domain.mfa.AccountRecord;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Accounts.StoredRecoveryCode;
import io.portcullis.domain.mfa.Lockout;
import io.portcullis.domain.mfa.Mailbox;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.Notices;
import io.portcullis.domain.notice.Message;
import io.portcullis.domain.session.Fingerprint;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One account inside its transaction, its row locked. Each write goes to the server at once, the audit
 * events at the end; the commit keeps them.
 */
final class AccountWork implements Accounts.Work {
    private static final Logger LOG = LoggerFactory.getLogger(AccountWork.class);

    private final Statements statements;
    private final Account account;
    private final MfaColumns columns;
    private final List<Runnable> undos = new ArrayList<>();
    private final InstantSource clock;
    private final RecoveryCodes recoveryCodes;
    private final List<AuditEvent> events = new ArrayList<>();
    private final Optional<String> mailboxBefore;
    private final boolean enabledBefore;
    private Optional<String> email;
    private Optional<String> language;
    private final Row row;
    private @Nullable Mfa mfa; // read when asked for, so that an account whose secret does not open can be reset
    private Lockout lockout;
    private long securityVersion;
    private Optional<Long> legacyChange = Optional.empty();

    private AccountWork(Statements statements, Account account, KeySeal seal, InstantSource clock, Row row) {
        this.statements = statements;
        this.account = account;
        this.clock = clock;
        this.recoveryCodes = new RecoveryCodes(statements, account);
        this.columns = new MfaColumns(seal);
        this.row = row;
        this.enabledBefore = row.getString("state").equals("ENABLED");
        this.mailboxBefore = Optional.ofNullable(row.getString("mailbox"));
        this.email = Optional.ofNullable(row.getString("email"));
        this.language = Optional.ofNullable(row.getString("language"));
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

    /** The account as its row has it. */
    static AccountRecord read(Account account, KeySeal seal, Row row, int recoveryCodesRemaining) {
        var identity = new Identity(
                account, Optional.ofNullable(row.getString("email")), Optional.ofNullable(row.getString("role")));
        return new AccountRecord(
                identity,
                new MfaColumns(seal).read(row),
                lockout(row),
                row.getLong("security_version"),
                recoveryCodesRemaining);
    }

    static Lockout lockout(Row row) {
        return new Lockout(
                Arrays.stream(row.getArrayOfOffsetDateTimes("failure_times"))
                        .map(OffsetDateTime::toInstant)
                        .toList(),
                row.getInteger("failures_in_a_row"),
                row.getInteger("locks"),
                Optional.ofNullable(row.getOffsetDateTime("locked_until")).map(OffsetDateTime::toInstant));
    }

    @Override
    public Account account() {
        return account;
    }

    @Override
    public Mfa current() {
        if (mfa == null) {
            mfa = columns.read(row);
        }
        return mfa;
    }

    @Override
    public void become(Mfa next) {
        var before = next instanceof Mfa.Disabled ? next : current(); // whatever it was, it is erased
        columns.updates(before, next).forEach(write -> update(write.assignments(), write.guard(), write.values()));
        mfa = next;
    }

    @Override
    public void know(Identity identity, Locale language) {
        update(
                "email = $3, role = $4, language = $5",
                "true",
                identity.email().orElse(null),
                identity.role().orElse(null),
                language.toLanguageTag());
        this.email = identity.email();
        this.language = Optional.of(language.toLanguageTag());
    }

    @Override
    public void ifLost(Runnable undo) {
        undos.add(undo);
    }

    /** After the transaction was rolled back. */
    void lost() {
        for (var undo : undos) {
            try {
                undo.run();
            } catch (Refused noAnswer) {
                LOG.warn("what a lost change did elsewhere stays done: {}", noAnswer.getMessage());
            }
        }
    }

    @Override
    public Lockout lockout() {
        return lockout;
    }

    @Override
    public void lockout(Lockout next) {
        update(
                "failure_times = $3, failures_in_a_row = $4, locks = $5, locked_until = $6",
                "true",
                next.failures().stream().map(AccountWork::time).toArray(OffsetDateTime[]::new),
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
    public List<StoredRecoveryCode> recoveryCodes() {
        return recoveryCodes.all();
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
        RevokedCredentials.add(statements, fingerprint, until, clock.instant());
    }

    @Override
    public boolean revoked(Fingerprint fingerprint) {
        return RevokedCredentials.contain(statements, fingerprint);
    }

    @Override
    public KnownClient.Familiar seen(KnownClient client, Instant at) {
        return new KnownClients(statements, account).seen(client, time(at));
    }

    @Override
    public Devices devices() {
        return new DeviceRows(statements, account);
    }

    @Override
    public LocalRecord local() {
        return new LocalAccountRow(statements, account);
    }

    /** Written by {@link #finish}. */
    @Override
    public void record(AuditEvent event) {
        events.add(event);
    }

    /** What was recorded. */
    List<AuditEvent> events() {
        return List.copyOf(events);
    }

    /**
     * Writes the notices, when there is a channel for them, what the legacy record is to hear, when there is one, and the
     * events, last of all before the commit.
     */
    List<AuditChain.Link> finish(AuditChain chain, boolean hasChannel, boolean hasLegacyRecord) {
        if (hasChannel) {
            Outbox.write(statements, notices(), clock.instant());
        }
        boolean enabled = mfa == null ? enabledBefore : mfa instanceof Mfa.Enabled;
        if (hasLegacyRecord && enabled != enabledBefore) {
            legacyChange = Optional.of(LegacyChanges.write(statements, account, enabled, clock.instant()));
        }
        return chain.append(statements, account, events);
    }

    /** What {@link #finish} wrote for the legacy record. */
    Optional<Long> legacyChange() {
        return legacyChange;
    }

    /** None for an account of which no address is known. A mailbox that this change took away is told of that. */
    private List<Message.Notice> notices() {
        var to = email.or(this::mailbox).or(() -> mailboxBefore);
        if (to.isEmpty()) {
            return List.of();
        }
        var reads = language.map(Locale::forLanguageTag).orElse(Locale.ENGLISH);
        var notices = new Notices(account, to.get(), reads);
        return events.stream().flatMap(event -> notices.of(event).stream()).toList();
    }

    private Optional<String> mailbox() {
        return mfa instanceof Mfa.Enabled enabled ? enabled.email().map(Mailbox::address) : Optional.empty();
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
}
