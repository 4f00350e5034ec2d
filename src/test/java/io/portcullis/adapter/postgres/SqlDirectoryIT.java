package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.directory.Directory;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Stores;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The queries of a config file, on tables as legacy systems have them. */
class SqlDirectoryIT {
    private final OwnDatabase legacy = OwnDatabase.empty();
    private final Postgres postgres = Postgres.openToRead(Stores.vertx(), PostgresUrl.of(legacy.url()), 2);

    @AfterEach
    void close() {
        postgres.close();
        legacy.close();
    }

    private Optional<Directory.Person> ask(String query) {
        return new SqlDirectory("legacy", postgres, query, InstantSource.system())
                .byEmail("a@example.com")
                .person();
    }

    @ParameterizedTest
    @CsvSource({
        "bigint, 12, 12",
        "integer, 12, 12",
        "smallint, 12, 12",
        "numeric, 12, 12",
        "text, x-12, x-12",
        "char(8), x-12, x-12",
        "uuid, 0a0b0c0d-0000-4000-8000-000000000001, 0a0b0c0d-0000-4000-8000-000000000001",
    })
    void aSubjectIsANumberATextOrAUuid(String type, String value, String subject) {
        legacy.tamper(
                "CREATE TYPE rank AS ENUM ('admin', 'user')",
                "CREATE TABLE people (id " + type + ", email varchar(80), rank rank, hash char(60))",
                "INSERT INTO people VALUES ('" + value + "', 'a@example.com', 'admin', 'hash')");
        assertThat(ask("SELECT id AS subject, email, rank AS role, hash AS password_hash FROM people WHERE email = $1"))
                .contains(new Directory.Person(subject, "a@example.com", Optional.of("admin"), Optional.of("hash")));
    }

    @Test
    void anEmailThatIgnoresCaseIsFoundInAnyCase() {
        legacy.tamper(
                "CREATE EXTENSION citext",
                "CREATE TABLE people (id int, email citext)",
                "INSERT INTO people VALUES (1, 'A@Example.com')");
        assertThat(ask("SELECT id AS subject, email, 'x' AS role, 'x' AS password_hash FROM people WHERE email = $1"))
                .map(Directory.Person::email)
                .contains("A@Example.com");
    }

    @Test
    void whatIsNullIsAbsent() {
        assertThat(ask("SELECT 1 AS subject, NULL AS email, NULL AS role, NULL AS password_hash WHERE $1 <> ''"))
                .contains(new Directory.Person("1", "a@example.com", Optional.empty(), Optional.empty()));
        assertThat(ask("SELECT NULL AS subject, $1 AS email, 'x' AS role, 'x' AS password_hash"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 AS subject, $1 AS email FROM pg_class LIMIT 0 | no column role, password_hash",
                "SELECT 1 AS id, $1 AS email, 'x' AS role, 'x' AS password_hash | no column subject",
                "SELECT now() AS subject, $1 AS email, 'x' AS role, 'x' AS password_hash | column subject is neither",
                "SELEKT $1 | SQLSTATE 42601",
                "SELECT * FROM nowhere WHERE email = $1 | SQLSTATE 42P01: relation \"nowhere\" does not exist",
                "SELECT $1::int AS subject, '' AS email, '' AS role, '' AS password_hash | cast it, such as $1::text",
            })
    void aWrongQueryIsLoggedWithoutTheEmailAndLetsNobodyIn(String query, String logged) {
        try (var log = LogCapture.start()) {
            assertThatThrownBy(() -> ask(query))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.problem()).isInstanceOf(Problem.StoreUnavailable.class));
            assertThat(log.text()).contains("identity legacy: ", logged).doesNotContain("a@example.com");
        }
    }

    @Test
    void nothingIsWritten() {
        legacy.tamper("CREATE TABLE people (id int, email text)");
        assertThatThrownBy(() -> ask("INSERT INTO people VALUES (1, $1)"
                        + " RETURNING id AS subject, email, '' AS role, '' AS password_hash"))
                .isInstanceOf(Refused.class);
        assertThat(ask("SELECT id AS subject, email, '' AS role, '' AS password_hash FROM people WHERE $1 <> ''"))
                .isEmpty();
    }
}
