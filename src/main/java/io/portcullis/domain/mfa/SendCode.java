package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.code.EmailCodeSettings;
import io.portcullis.domain.code.EmailCodes;
import io.portcullis.domain.limits.ClientNetwork;
import io.portcullis.domain.limits.LimitSettings;
import io.portcullis.domain.limits.Policy;
import io.portcullis.domain.limits.Quota;
import io.portcullis.domain.limits.RateLimiter;
import io.portcullis.domain.limits.Ticket;
import io.portcullis.domain.notice.Message;
import io.portcullis.domain.notice.Messenger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Mails a code to an account that passed its first factor. What fails before the mail is out takes nothing of the limits; what
 * fails at all leaves the code before good.
 */
public final class SendCode {
    private final EmailCodes codes;
    private final Messenger messenger;
    private final RateLimiter limiter;
    private final Accounts accounts;
    private final EmailCodeSettings settings;
    private final Spacing spacing;
    private final Policy byAccount;
    private final Policy byAddress;
    private final SecureRandom random;
    private final InstantSource clock;

    public SendCode(
            EmailCodes codes,
            Messenger messenger,
            RateLimiter limiter,
            Accounts accounts,
            EmailCodeSettings settings,
            LimitSettings limits,
            SecureRandom random,
            InstantSource clock) {
        this.codes = codes;
        this.messenger = messenger;
        this.limiter = limiter;
        this.accounts = accounts;
        this.settings = settings;
        this.spacing = new Spacing(limiter, settings);
        this.byAccount = new Policy("sendCode", limits.sendCodeAccount());
        this.byAddress = new Policy("sendCode-address", limits.sendCodeAddress());
        this.random = random;
        this.clock = clock;
    }

    /**
     * A code on its way.
     *
     * @param destination masked
     * @param quota what is left of the account's
     */
    public record Sent(String destination, Duration expiresIn, Duration resendAfter, Quota quota) {}

    /**
     * Returns when the mail server took the mail.
     *
     * @throws io.portcullis.domain.error.Refused {@code RateLimited}, {@code MailUnavailable} or {@code StoreUnavailable}
     */
    public Sent send(Account account, String address, EmailCodes.Purpose purpose, Origin origin) {
        return send(account, address, purpose, origin, work -> {});
    }

    /** The same with what the code is for, kept in one transaction with it, after the mail is out. */
    Sent send(
            Account account, String address, EmailCodes.Purpose purpose, Origin origin, Consumer<Accounts.Work> begin) {
        var taken = new ArrayList<Ticket>();
        boolean out = false;
        try {
            var quota = take(account, purpose, origin, taken);
            var code = code();
            messenger.send(new Message.Code(
                    account,
                    address,
                    code,
                    settings.ttl(),
                    origin.language(),
                    clock.instant(),
                    origin.client().address(),
                    origin.client().userAgent()));
            out = true;
            accounts.<Boolean>change(account, work -> {
                begin.accept(work);
                work.record(AuditEvent.own(
                        AuditEvent.Type.CODE_SENT,
                        clock.instant(),
                        origin,
                        purpose.name().toLowerCase(Locale.ROOT)));
                codes.put(account, purpose, address, code, settings.ttl()); // last: what fails before keeps the old one
                return true;
            });
            return new Sent(Mailbox.masked(address), settings.ttl(), settings.resendAfter(), quota);
        } catch (RuntimeException failure) {
            // A mail that is out counts, whatever came after; the same request may follow at once all the same.
            (out ? taken.subList(0, 1) : taken).forEach(limiter::giveBack);
            throw failure;
        }
    }

    /** The spacing goes first. */
    private Quota take(Account account, EmailCodes.Purpose purpose, Origin origin, List<Ticket> taken) {
        take(spacing.policy(), taken, spacing.key(account, purpose));
        var quota = take(byAccount, taken, account.realm(), account.subject());
        take(byAddress, taken, ClientNetwork.of(origin.client().address()));
        return quota;
    }

    private Quota take(Policy policy, List<Ticket> taken, String... key) {
        var granted = limiter.take(policy, key).orThrow();
        taken.add(granted.ticket());
        return granted.quota();
    }

    /** Each of the {@code 10^digits} codes is as likely (NIST SP 800-63B-4, section 3.1.3.2). */
    private String code() {
        int bound = 1;
        for (int i = 0; i < settings.digits(); i++) {
            bound *= 10;
        }
        return String.format(Locale.ROOT, "%0" + settings.digits() + "d", random.nextInt(bound));
    }
}
