package io.portcullis.adapter.mail;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.notice.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Messages to Alice, who uses Firefox on Linux. */
final class Messages {
    static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final Instant AT = Instant.parse("2026-11-21T15:36:00Z");

    private Messages() {}

    static Message.Code code(String to) {
        return code(to, Locale.ENGLISH, Duration.ofMinutes(10), FIREFOX);
    }

    static Message.Code code(String to, Locale language, Duration life, String userAgent) {
        return new Message.Code(new Account("admin", "17"), to, "493817", life, language, AT, "203.0.113.9", userAgent);
    }

    static Message.Notice notice(Message.Kind kind, Locale language, String detail) {
        return new Message.Notice(
                new Account("admin", "17"), "alice@example.com", kind, detail, language, AT, "203.0.113.9", FIREFOX);
    }
}
