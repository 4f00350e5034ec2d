package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.notice.Message.Kind;
import io.portcullis.domain.notice.Message.Notice;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What a person is told of the events of their account. Pure. */
public final class Notices {
    /** With that many recovery codes left, or fewer, it is time for new ones. */
    private static final int FEW_CODES = 3;

    /** For every language alike. */
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT);

    private final Account account;
    private final String to;
    private final Locale language;

    /** For one account; {@code to} is its e-mail. */
    public Notices(Account account, String to, Locale language) {
        this.account = account;
        this.to = to;
        this.language = language;
    }

    /** None for most events, and two for the use of one of the last recovery codes. */
    public List<Notice> of(AuditEvent event) {
        var detail = event.detail();
        return switch (event.type()) {
            case MFA_ENABLED -> one(event, Kind.MFA_ENABLED, detail);
            case METHOD_ADDED -> one(event, Kind.METHOD_ADDED, detail);
            case METHOD_REMOVED -> one(event, Kind.METHOD_REMOVED, detail);
            case MFA_DISABLED -> one(event, Kind.MFA_DISABLED, "");
            case MFA_RESET -> one(event, Kind.MFA_RESET, "");
            case RECOVERY_CODE_USED ->
                few(detail)
                        ? List.of(
                                notice(event, Kind.RECOVERY_CODE_USED, detail),
                                notice(event, Kind.RECOVERY_CODES_LOW, detail))
                        : one(event, Kind.RECOVERY_CODE_USED, detail);
            case RECOVERY_CODES_REGENERATED -> one(event, Kind.RECOVERY_CODES_REGENERATED, detail);
            case NEW_CLIENT -> one(event, Kind.NEW_CLIENT, "");
            case SUSPICIOUS_LOGIN -> one(event, Kind.SUSPICIOUS_LOGIN, "");
            case SECOND_FACTOR_LOCKED -> one(event, Kind.SECOND_FACTOR_LOCKED, time(detail));
            case DEVICE_REMEMBERED -> one(event, Kind.DEVICE_REMEMBERED, "");
            case LOGIN_SUCCEEDED,
                    LOGOUT,
                    SESSION_REVOKED,
                    SESSIONS_REVOKED,
                    SETUP_STARTED,
                    SETUP_ABANDONED,
                    CODE_SENT,
                    SECOND_FACTOR_PASSED,
                    SECOND_FACTOR_SKIPPED,
                    SECOND_FACTOR_FAILED,
                    DEVICE_FORGOTTEN,
                    ACCOUNT_UNLOCKED,
                    ACCOUNT_IMPORTED,
                    ACCOUNT_ADDED,
                    ACCOUNT_REMOVED,
                    PASSWORD_CHANGED,
                    ROLE_CHANGED,
                    WOULD_REFUSE -> List.of();
        };
    }

    private List<Notice> one(AuditEvent event, Kind kind, String detail) {
        return List.of(notice(event, kind, detail));
    }

    /** Where an operator sits is nobody else's business. */
    private Notice notice(AuditEvent event, Kind kind, String detail) {
        var client = event.origin().client();
        boolean own = event.actor().equals(AuditEvent.SELF);
        return new Notice(
                account,
                to,
                kind,
                detail,
                language,
                event.at(),
                own ? client.address() : "",
                own ? client.userAgent() : "");
    }

    private static boolean few(String remaining) {
        try {
            return Integer.parseInt(remaining) <= FEW_CODES;
        } catch (NumberFormatException unknown) {
            return false;
        }
    }

    /** From ISO 8601; a lock that has no end has no time. */
    private static String time(String instant) {
        try {
            return MINUTE.format(Instant.parse(instant).plusSeconds(59).atOffset(ZoneOffset.UTC));
        } catch (DateTimeException none) {
            return "";
        }
    }
}
