package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.device.Devices;
import io.portcullis.domain.device.KnownClient;
import io.portcullis.domain.device.RememberedDevice;
import io.portcullis.domain.local.LocalRecord;
import io.portcullis.domain.session.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The MFA record of every account. Every method blocks, may be called on any virtual thread, and throws
 * {@link io.portcullis.domain.error.Refused} with {@code StoreUnavailable} when the store does not answer in time.
 */
public interface Accounts {
    /**
     * Runs one change of one account: all of it happens when {@code change} returns, none when it throws, and a second
     * change of the account waits, on every instance.
     */
    <T> T change(Account account, Function<Work, T> change);

    /**
     * Runs {@code work} when what was begun before it on this instance for the same account is done, without a connection
     * meanwhile. For what is costly and would be in vain if one of them wins; it may hold a {@link #change}.
     */
    <T> T inTurn(Account account, Supplier<T> work);

    /** What the gate needs to know of an account and of one credential that names it; reads, waits for nobody. */
    Standing standing(Account account, Fingerprint fingerprint);

    /** The account as it is at this moment, seen before or not; reads, waits for nobody. */
    AccountRecord read(Account account);

    /** By their first two letters; reads, waits for nobody. */
    List<StoredRecoveryCode> recoveryCodes(Account account);

    /** Accounts that still have a set-up whose time ran out, in the order of their names, from the one after {@code after} on. */
    List<Account> abandonedSetups(Instant now, Optional<Account> after, int limit);

    /** Its remembered devices, whether they are good for anything still or not; reads, waits for nobody. */
    List<RememberedDevice> devices(Account account);

    /** Forgets the devices of all accounts whose time had run out by then; returns how many. */
    int forgetExpiredDevices(Instant then);

    /** One account while it is being changed. */
    interface Work {
        Account account();

        /** The record as it is stored; an account never seen before is {@link Mfa.Disabled}. */
        Mfa current();

        /** Remembers whom an identity source names, and the language that notices are written in. */
        void know(Identity identity, Locale language);

        /** Runs when this change turns out not to be kept, for what it did elsewhere. */
        void ifLost(Runnable undo);

        void become(Mfa next);

        Lockout lockout();

        void lockout(Lockout next);

        long securityVersion();

        /** Ends every session of the account that began before; returns the new version. */
        long raiseSecurityVersion();

        /** Replaces all recovery codes by these: hashes by the codes' first two letters. An empty map leaves none. */
        void replaceRecoveryCodes(Map<String, String> hashes);

        List<StoredRecoveryCode> recoveryCodes();

        /** Marks an unused recovery code used; a code that is used already is a bug. */
        void useRecoveryCode(String index);

        int recoveryCodesRemaining();

        /** Refuses this credential for good, until it would have expired by itself. */
        void revoke(Fingerprint fingerprint, Instant until);

        /** Whether a credential was ended, by a change before this one. */
        boolean revoked(Fingerprint fingerprint);

        /** Notes that the account was used by this client, and answers how familiar it was before. */
        KnownClient.Familiar seen(KnownClient client, Instant at);

        Devices devices();

        /** What the gateway itself keeps of the account, where it has it from nobody else. */
        LocalRecord local();

        /** Forgets every remembered device, because of a reset or an end of all sessions; returns how many. */
        default int forgetDevices() {
            return devices().forgetAll();
        }

        /** Writes one audit event; the {@linkplain Notices notice} of it follows from it. */
        void record(AuditEvent event);
    }

    /** What is kept of a recovery code; {@code index} is its first two letters, or {@code ~} and a number where it was made elsewhere. */
    record StoredRecoveryCode(String index, String hash, boolean used) {
        boolean madeElsewhere() {
            return index.startsWith("~");
        }
    }
}
