package io.portcullis.adapter.sync;

import io.portcullis.adapter.postgres.PostgresUrl;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** How the legacy records of one realm are kept in step. */
public sealed interface SyncSettings {
    String realm();

    /**
     * A statement on the legacy database.
     *
     * @param sql with {@code $1}, whether the second factor is on, and {@code $2}, the subject
     */
    record Sql(String realm, PostgresUrl url, String sql) implements SyncSettings {
        private static final Pattern ENABLED = Pattern.compile("\\$1(?!\\d)");
        private static final Pattern SUBJECT = Pattern.compile("\\$2(?!\\d)");
        private static final Pattern OTHER = Pattern.compile("\\$(?!1(?!\\d)|2(?!\\d))\\d");

        public Sql {
            if (!ENABLED.matcher(sql).find() || !SUBJECT.matcher(sql).find()) {
                throw new IllegalArgumentException(
                        "sql lacks $1, whether the second factor is on, or $2, the subject; it needs both");
            }
            if (OTHER.matcher(sql).find()) {
                throw new IllegalArgumentException("sql has another parameter than $1 and $2");
            }
        }
    }

    /**
     * A URL that is told.
     *
     * @param secret the key that signs what is sent, at least 32 bytes in UTF-8
     */
    record Webhook(String realm, URI webhook, String secret) implements SyncSettings {
        private static final int SHORTEST_SECRET = 32;

        public Webhook {
            if (secret.getBytes(StandardCharsets.UTF_8).length < SHORTEST_SECRET) {
                throw new IllegalArgumentException(
                        "secret is too short; it needs at least " + SHORTEST_SECRET + " bytes");
            }
        }

        @Override
        public String toString() {
            return "Webhook[" + realm + ", hidden]";
        }
    }
}
