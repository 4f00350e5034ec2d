package io.portcullis.adapter.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.importing.ImportFile.Format;
import io.portcullis.testing.OwnDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What the statements for PostgreSQL in docs/import.md export is what the import takes. */
class ExportStatementsIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String BCRYPT = "$2b$04$N9qo8uLOickgx2ZMRZoMye6TTCBUP7NmcEg7/nQ2d/F/PF9KXptJy";
    private static final String SHA256 = "56f763b09645e6a984d3d6aad4be8b9cac55c0f491bf99b025932669e9eb25d6";

    @Test
    void secretsInAColumnAndCodesInRowsAsCsv() throws Exception {
        var csv = export("string_agg", " CSV HEADER", """
                CREATE TABLE admins (id int, email text, two_fa_secret text, two_fa_enabled boolean);
                CREATE TABLE backup_codes (admin_id int, code_hash text, used_at timestamptz);
                INSERT INTO admins VALUES (42, 'jane@example.com', '%1$s', true), (43, NULL, '%1$s', true),
                                          (44, NULL, '%1$s', false), (45, NULL, '', true);
                INSERT INTO backup_codes VALUES (42, '%2$s', NULL), (42, '%3$s', NULL), (42, '%2$s', now())
                """.formatted(SECRET, BCRYPT, SHA256));
        assertPeople(read(csv, Format.CSV), 2);
    }

    @Test
    void codesInAJsonColumnAsJsonLines() throws Exception {
        var json = export("jsonb_array_elements", "", """
                CREATE TABLE admins (id int, email text, two_fa_secret text, two_fa_enabled boolean, backup_codes text);
                INSERT INTO admins VALUES
                    (42, 'jane@example.com', '%1$s', true,
                     '[{"hash": "%2$s", "used": false}, {"hash": "%2$s", "used": true}]'),
                    (43, NULL, '%1$s', true, '[]'), (44, NULL, '%1$s', false, '[]')
                """.formatted(SECRET, SHA256));
        assertPeople(read(json, Format.JSON), 1);
    }

    private static void assertPeople(ImportFile file, int codes) {
        assertThat(file.problems()).isEmpty();
        assertThat(file.accounts()).extracting(ImportedAccount::subject).containsExactlyInAnyOrder("42", "43");
        var jane = file.accounts().stream()
                .filter(account -> account.subject().equals("42"))
                .findFirst()
                .orElseThrow();
        assertThat(jane.realm()).isEqualTo("admin");
        assertThat(jane.email()).isEqualTo("jane@example.com");
        assertThat(jane.key().base32()).isEqualTo(SECRET);
        assertThat(jane.backupCodes()).hasSize(codes);
    }

    private static ImportFile read(byte[] exported, Format format) throws IOException {
        return ImportFile.read(new ByteArrayInputStream(exported), format, Set.of("admin"));
    }

    /** Runs the page's statement that has a certain word in it, on tables made before. */
    private static byte[] export(String word, String form, String tables) throws SQLException, IOException {
        try (var connection = OwnDatabase.migrated().connect();
                var statement = connection.createStatement()) {
            statement.execute(tables);
            var out = new ByteArrayOutputStream();
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + statement(word) + ") TO STDOUT" + form, out);
            return out.toByteArray();
        }
    }

    private static String statement(String word) throws IOException {
        return Pattern.compile("(?s)```sql\n(.*?);\n```")
                .matcher(Files.readString(Path.of("docs/import.md"), StandardCharsets.UTF_8))
                .results()
                .map(block -> block.group(1))
                .filter(sql -> sql.contains(word))
                .findFirst()
                .orElseThrow();
    }
}
