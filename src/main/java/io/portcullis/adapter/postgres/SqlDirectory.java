package io.portcullis.adapter.postgres;

import io.portcullis.domain.directory.Directory;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The query that a config file names, with {@code subject}, {@code email}, {@code role} and {@code password_hash} among its
 * columns. What is wrong with the query is logged, without the e-mail, and is {@code StoreUnavailable}: it is mended in the
 * file or the database.
 */
public final class SqlDirectory implements Directory {
    private static final Logger LOG = LoggerFactory.getLogger(SqlDirectory.class);
    private static final List<String> COLUMNS = List.of("subject", "email", "role", "password_hash");

    /** SQLSTATE of wrong statements and missing rights, whose messages repeat no value (PostgreSQL, appendix A). */
    private static final String SYNTAX_OR_RIGHTS = "42";

    private final String name;
    private final Postgres postgres;
    private final String query;
    private final InstantSource clock;

    /** {@code name}: of the source in the config, for the log. */
    public SqlDirectory(String name, Postgres postgres, String query, InstantSource clock) {
        this.name = name;
        this.postgres = postgres;
        this.query = query;
        this.clock = clock;
    }

    @Override
    public Reading byEmail(String email) {
        var at = clock.instant();
        if (email.indexOf('\0') >= 0) {
            return new Reading(Optional.empty(), at); // no text of PostgreSQL has it
        }
        var rows = rows(email);
        if (rows.size() > 1) {
            LOG.warn("identity {}: the query gives several rows for one e-mail, so none of them can log in", name);
        }
        return new Reading(rows.size() == 1 ? person(rows.getFirst(), email) : Optional.empty(), at);
    }

    private List<Row> rows(String email) {
        try {
            var found = postgres.withConnection(statements -> statements.run(query, email));
            var missing = COLUMNS.stream()
                    .filter(column -> !found.columnsNames().contains(column))
                    .toList();
            if (!missing.isEmpty()) {
                throw unusable("the query has no column " + String.join(", ", missing)
                        + "; name its columns subject, email, role and password_hash");
            }
            var rows = new ArrayList<Row>();
            found.forEach(rows::add);
            return rows;
        } catch (Refused noAnswer) {
            LOG.warn("identity {}: its database cannot be asked; its people get STORE_UNAVAILABLE", name);
            throw noAnswer;
        } catch (PgException wrong) {
            var state = String.valueOf(wrong.getSqlState());
            throw unusable("the query fails with SQLSTATE " + state
                    + (state.startsWith(SYNTAX_OR_RIGHTS) ? ": " + wrong.getErrorMessage() : ""));
        } catch (VertxException noText) { // its message has the e-mail
            throw unusable("the query compares $1 with no text; cast it, such as $1::text");
        }
    }

    private Refused unusable(String reason) {
        LOG.error("identity {}: {}", name, reason);
        return new Refused(new Problem.StoreUnavailable());
    }

    private Optional<Person> person(Row row, String asked) {
        var subject = text("subject", row.getValue("subject"));
        if (subject.filter(id -> !id.isEmpty()).isEmpty()) {
            LOG.warn("identity {}: a row has no subject, so it can log in nobody", name);
            return Optional.empty();
        }
        return subject.map(id -> new Person(
                id,
                text("email", row.getValue("email")).orElse(asked),
                text("role", row.getValue("role")),
                text("password_hash", row.getValue("password_hash"))));
    }

    private Optional<String> text(String column, @Nullable Object value) {
        return Optional.ofNullable(value).map(given -> switch (given) {
            case String text -> text.stripTrailing(); // of a column of fixed width
            case Number number -> number.toString();
            case UUID id -> id.toString();
            default ->
                throw unusable("the column " + column + " is neither a text, a number nor a uuid; cast it to text");
        });
    }
}
