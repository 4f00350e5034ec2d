package io.portcullis.domain;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.device.Devices;
import io.portcullis.domain.device.KnownClient;
import io.portcullis.domain.device.RememberedDevice;
import io.portcullis.domain.local.LocalAccount;
import io.portcullis.domain.local.LocalRecord;
import io.portcullis.domain.mfa.AccountRecord;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Accounts.StoredRecoveryCode;
import io.portcullis.domain.mfa.Lockout;
import io.portcullis.domain.mfa.Mailbox;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.session.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The record of one account, with the guards that the database has. */
final class InMemoryWork implements Accounts.Work {
    private final Map<String, StoredRecoveryCode> recoveryCodes = new HashMap<>();
    private final Map<Fingerprint, Instant> revoked = new HashMap<>();
    private final List<AuditEvent> events = new ArrayList<>();
    private final List<Runnable> undos = new ArrayList<>();
    private final Map<KnownClient, Instant> clients = new HashMap<>();
    private final List<RememberedDevice> devices = new ArrayList<>();
    private final Account account;
    private Identity identity;
    private Mfa mfa = new Mfa.Disabled();
    private Lockout lockout = Lockout.NONE;
    private long securityVersion;
    Optional<LocalAccount> local = Optional.empty();

    InMemoryWork(Account account) {
        this.account = account;
        this.identity = new Identity(account, Optional.empty(), Optional.empty());
    }

    InMemoryWork copy() {
        var copy = new InMemoryWork(account);
        copy.identity = identity;
        copy.recoveryCodes.putAll(recoveryCodes);
        copy.revoked.putAll(revoked);
        copy.events.addAll(events);
        copy.clients.putAll(clients);
        copy.devices.addAll(devices);
        copy.mfa = mfa;
        copy.local = local;
        copy.lockout = lockout;
        copy.securityVersion = securityVersion;
        return copy;
    }

    @Override
    public Mfa current() {
        return mfa;
    }

    @Override
    public void become(Mfa next) {
        boolean allowed = switch (next) {
            case Mfa.Disabled disabled -> true;
            case Mfa.SetupInProgress setup -> !(mfa instanceof Mfa.Enabled);
            case Mfa.Enabled enabled -> mayEnable(enabled);
        };
        if (!allowed) {
            throw new IllegalStateException("the guard of a write refused it");
        }
        mfa = next;
    }

    private boolean mayEnable(Mfa.Enabled next) {
        return switch (mfa) {
            case Mfa.Disabled disabled -> false;
            case Mfa.SetupInProgress setup -> true;
            case Mfa.Enabled before -> mayChange(before, next);
        };
    }

    private static boolean mayChange(Mfa.Enabled before, Mfa.Enabled next) {
        boolean app = before.totp().isEmpty()
                || before.totp().equals(next.totp())
                || (next.totp().isEmpty()
                        && before.email().filter(kept -> !kept.provisional()).isPresent())
                || next.totp()
                        .filter(before.totp().get()::sameKey)
                        .filter(later ->
                                later.lastAcceptedStep() > before.totp().get().lastAcceptedStep())
                        .isPresent();
        boolean mailbox = before.email().equals(next.email())
                || (next.email().isEmpty() && next.totp().isPresent())
                || before.email().map(Mailbox::provisional).orElse(true);
        return app && mailbox;
    }

    @Override
    public Account account() {
        return account;
    }

    @Override
    public void know(Identity named, Locale language) {
        identity = named;
    }

    @Override
    public void ifLost(Runnable undo) {
        undos.add(undo);
    }

    void lost() {
        undos.forEach(Runnable::run);
    }

    AccountRecord read() {
        return new AccountRecord(identity, mfa, lockout, securityVersion, recoveryCodesRemaining());
    }

    @Override
    public Lockout lockout() {
        return lockout;
    }

    @Override
    public void lockout(Lockout next) {
        lockout = next;
    }

    @Override
    public long securityVersion() {
        return securityVersion;
    }

    @Override
    public long raiseSecurityVersion() {
        return ++securityVersion;
    }

    @Override
    public void replaceRecoveryCodes(Map<String, String> hashes) {
        recoveryCodes.clear();
        hashes.forEach((index, hash) -> recoveryCodes.put(index, new StoredRecoveryCode(index, hash, false)));
    }

    @Override
    public List<StoredRecoveryCode> recoveryCodes() {
        return List.copyOf(recoveryCodes.values());
    }

    @Override
    public void useRecoveryCode(String index) {
        var unused = Optional.ofNullable(recoveryCodes.get(index))
                .filter(code -> !code.used())
                .orElseThrow();
        recoveryCodes.put(index, new StoredRecoveryCode(index, unused.hash(), true));
    }

    @Override
    public int recoveryCodesRemaining() {
        return (int)
                recoveryCodes.values().stream().filter(code -> !code.used()).count();
    }

    @Override
    public void revoke(Fingerprint fingerprint, Instant until) {
        revoked.put(fingerprint, until);
    }

    @Override
    public boolean revoked(Fingerprint fingerprint) {
        return revoked.containsKey(fingerprint);
    }

    @Override
    public KnownClient.Familiar seen(KnownClient client, Instant at) {
        var familiar = new KnownClient.Familiar(
                clients.isEmpty(),
                clients.keySet().stream().anyMatch(known -> known.network().equals(client.network())),
                clients.keySet().stream()
                        .anyMatch(known -> known.userAgentDigest().equals(client.userAgentDigest())));
        clients.put(client, at);
        if (clients.size() > KnownClient.MOST) {
            clients.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .ifPresent(oldest -> clients.remove(oldest.getKey()));
        }
        return familiar;
    }

    @Override
    public LocalRecord local() {
        return new InMemoryLocalRecord(this);
    }

    @Override
    public Devices devices() {
        return new InMemoryDevices(devices, () -> securityVersion);
    }

    @Override
    public void record(AuditEvent event) {
        events.add(event);
    }

    /** Each until its time. */
    Map<Fingerprint, Instant> revoked() {
        return revoked;
    }

    List<AuditEvent> events() {
        return events;
    }
}
