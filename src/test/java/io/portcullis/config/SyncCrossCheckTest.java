package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Syncs to a legacy record: by which of two ways, and for which realm. */
class SyncCrossCheckTest {
    private static final String WITH_ADMINS =
            Configs.LEAST + "identity: [{ name: admin, type: jwt, algorithm: HS256, secret: \"${SECRET}\" }]\n";

    @TempDir
    Path folder;

    private List<String> problems(String yaml) {
        return Configs.problems(folder, yaml, Map.of("SECRET", Configs.SECRET));
    }

    private Settings valid(String yaml) {
        return Configs.valid(folder, yaml, Map.of("SECRET", Configs.SECRET));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 7:16: /sync/admin: give either url and sql, for a statement on the legacy database, or webhook and"
                        + " secret",
                "{ url: postgresql://u:p@db/legacy } | 7:16: /sync/admin/sql: is missing; must be the statement, such as"
                        + " UPDATE admins SET two_fa_enabled = $1 WHERE id = $2",
                "{ url: postgresql://u:p@db/legacy, sql: UPDATE a SET b = $1 } | 7:56: /sync/admin/sql: lacks $1, whether"
                        + " the second factor is on, or $2, the subject; it needs both",
                "{ url: postgresql://u:p@db/legacy, sql: UPDATE a SET b = $1 WHERE id = $23 } | 7:56: /sync/admin/sql:"
                        + " lacks $1, whether the second factor is on, or $2, the subject; it needs both",
                "{ url: postgresql://u:p@db/legacy, sql: UPDATE a SET b = $1 WHERE id = $2 AND c = $3 } | 7:56:"
                        + " /sync/admin/sql: has another parameter than $1 and $2",
                "{ url: postgresql://u:p@db/legacy, sql: UPDATE a SET b = $1 WHERE id = $2, secret: s } | 7:99:"
                        + " /sync/admin/secret: goes with webhook; leave it out",
                "{ webhook: https://legacy/hook } | 7:16: /sync/admin/secret: is missing; must be the key that signs what"
                        + " is sent, at least 32 random characters",
                "{ webhook: https://legacy/hook, secret: short } | 7:56: /sync/admin/secret: is too short; it needs at"
                        + " least 32 bytes",
                "{ webhook: ftp://legacy/hook, secret: '${SECRET}' } | 7:27: /sync/admin/webhook: must be an http or https"
                        + " URL with a host, without user, password or #",
                "{ webhook: https://u:p@legacy/hook, secret: '${SECRET}' } | 7:27: /sync/admin/webhook: must be an http or"
                        + " https URL with a host, without user, password or #",
                "{ webhook: https://legacy/hook, secret: '${SECRET}', url: postgresql://u:p@db/legacy } | 7:27:"
                        + " /sync/admin/webhook: give either url and sql, for a statement on the legacy database, or webhook"
                        + " and secret",
            })
    void aSyncIsAStatementOrAWebhook(String sync, String problem) {
        assertThat(problems(WITH_ADMINS + "sync: { admin: " + sync + " }\n")).containsExactly(problem);
    }

    @Test
    void aSyncIsForARealmOfASource() {
        var hook = "{ webhook: https://legacy/hook, secret: '${SECRET}' }";
        assertThat(problems(WITH_ADMINS + "sync: { user: " + hook + " }\n"))
                .containsExactly("7:15: /sync/user: is for a realm that no identity source has");
        var settings = valid(WITH_ADMINS + "sync: { admin: " + hook + " }\n");
        assertThat(settings.syncedRealms()).containsExactly("admin");
        assertThat(settings.toString()).doesNotContain(Configs.SECRET);
    }

    @Test
    void aRealmMayComeFromAClaim() {
        var byClaim = Configs.LEAST + """
                identity:
                  - { name: tokens, type: jwt, algorithm: HS256, secret: "${SECRET}", claims: { realm: r }, realms: [x, y] }
                """;
        var hook = "{ webhook: https://legacy/hook, secret: '${SECRET}' }";
        assertThat(problems(byClaim + "sync: { x: " + hook + " }\n")).isEmpty();
        assertThat(problems(byClaim + "sync: { tokens: " + hook + " }\n"))
                .containsExactly("8:17: /sync/tokens: is for a realm that no identity source has");
    }
}
