package io.portcullis.domain.directory;

import io.portcullis.domain.session.SourceSettings;
import java.time.Duration;

/**
 * Accounts in tables of a legacy database: type {@code directory}. Prints itself without the URL.
 *
 * @param url of a PostgreSQL, with the user's password in it
 * @param query one statement; {@code $1} in it stands for an e-mail
 * @param cache how long a row is believed of somebody who is logged in
 */
public record DirectorySettings(String name, String realm, String url, String query, Duration cache)
        implements SourceSettings {
    private static final Duration LONGEST_CACHE = Duration.ofSeconds(60);

    public DirectorySettings {
        if (!url.matches("postgres(ql)?://.+")) {
            throw new IllegalArgumentException(
                    "url is not of the form postgresql://user:password@host:port/database; no other database can be asked");
        }
        if (!query.matches("(?s).*\\$1(?!\\d).*") || query.matches("(?s).*\\$([02-9]|1\\d).*")) {
            throw new IllegalArgumentException("query has to name the e-mail as $1, and no other parameter");
        }
        if (cache.isNegative() || cache.compareTo(LONGEST_CACHE) > 0) {
            throw new IllegalArgumentException("cache is from 0s to " + LONGEST_CACHE.toSeconds() + "s");
        }
    }

    @Override
    public String toString() {
        return "DirectorySettings[" + name + "]";
    }
}
