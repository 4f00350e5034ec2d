package io.portcullis.domain.notice;

import io.portcullis.domain.account.Account;

/** x */
public sealed interface Message {
    record Code(
            Account account,
            String to,
            String code,
            java.time.Duration life,
            java.util.Locale language,
            String address,
            String userAgent,
            java.time.Instant at)
            implements Message {}
}
