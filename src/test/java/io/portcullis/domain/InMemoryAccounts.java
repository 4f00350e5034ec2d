package io.portcullis.domain;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.device.RememberedDevice;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.AccountRecord;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Lockout;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.Standing;
import io.portcullis.domain.session.Fingerprint;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps the promises of the port: a change works on a copy, which takes the place of the record when it returns. */
public final class InMemoryAccounts implements Accounts {
    private static final Comparator<Account> BY_NAME =
            Comparator.comparing(Account::realm).thenComparing(Account::subject);

    private final Map<Account, InMemoryWork> records = new HashMap<>();
    private final Map<Account, Instant> validSince = new HashMap<>();
    private final Map<Fingerprint, Instant> revoked = new HashMap<>();
    private final InstantSource clock;
    private boolean down;

    public InMemoryAccounts(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized <T> T change(Account account, Function<Work, T> change) {
        answerOrRefuse();
        var work = record(account).copy();
        T result;
        try {
            result = change.apply(work);
        } catch (RuntimeException notKept) {
            work.lost();
            throw notKept;
        }
        if (work.securityVersion() > record(account).securityVersion()) {
            validSince.put(account, clock.instant());
        }
        records.put(account, work);
        revoked.putAll(work.revoked());
        return result;
    }

    @Override
    public synchronized Standing standing(Account account, Fingerprint fingerprint) {
        answerOrRefuse();
        var record = record(account);
        var state = record.current().at(clock.instant()).state();
        return new Standing(
                state,
                record.current() instanceof Mfa.Enabled enabled ? enabled.methods() : Set.of(),
                record.securityVersion(),
                record.recoveryCodesRemaining(),
                clock.instant().isBefore(revoked.getOrDefault(fingerprint, Instant.MIN)),
                Optional.ofNullable(validSince.get(account)));
    }

    @Override
    public synchronized <T> T inTurn(Account account, Supplier<T> work) {
        return work.get();
    }

    @Override
    public synchronized AccountRecord read(Account account) {
        answerOrRefuse();
        return record(account).read();
    }

    @Override
    public synchronized List<StoredRecoveryCode> recoveryCodes(Account account) {
        answerOrRefuse();
        return record(account).recoveryCodes();
    }

    @Override
    public synchronized List<Account> abandonedSetups(Instant now, Optional<Account> after, int limit) {
        answerOrRefuse();
        return records.entrySet().stream()
                .filter(one ->
                        !one.getValue().current().at(now).equals(one.getValue().current()))
                .map(Map.Entry::getKey)
                .sorted(BY_NAME)
                .filter(account -> after.filter(last -> BY_NAME.compare(account, last) <= 0)
                        .isEmpty())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<RememberedDevice> devices(Account account) {
        answerOrRefuse();
        return record(account).devices().all();
    }

    @Override
    public synchronized int forgetExpiredDevices(Instant then) {
        answerOrRefuse();
        return records.values().stream()
                .flatMap(record -> record.devices().all().stream()
                        .filter(device -> !then.isBefore(device.expiresAt()))
                        .map(device -> record.devices().forget(device.id())))
                .toList()
                .size();
    }

    public void goDown() {
        down = true;
    }

    public void comeBack() {
        down = false;
    }

    public Mfa mfa(Account account) {
        return record(account).current();
    }

    public Lockout lockout(Account account) {
        return record(account).lockout();
    }

    /** The details of an account's events of this type, oldest first. */
    public List<String> details(Account account, AuditEvent.Type type) {
        return record(account).events().stream()
                .filter(event -> event.type() == type)
                .map(AuditEvent::detail)
                .toList();
    }

    /** Type and detail of each event, oldest first. */
    public List<String> eventsWithDetails(Account account) {
        return record(account).events().stream()
                .map(event -> event.type() + " " + event.detail())
                .toList();
    }

    public List<AuditEvent.Type> events(Account account) {
        return record(account).events().stream().map(AuditEvent::type).toList();
    }

    private InMemoryWork record(Account account) {
        return records.getOrDefault(account, new InMemoryWork(account));
    }

    private void answerOrRefuse() {
        if (down) {
            throw new Refused(new Problem.StoreUnavailable());
        }
    }
}
