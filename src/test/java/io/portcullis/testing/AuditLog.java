package io.portcullis.testing;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the gateway wrote into the table {@code audit_event}, read from the database itself. */
public final class AuditLog {
    private AuditLog() {}

    /** The types of an account's events, oldest first. */
    public static List<String> types(String realm, String subject) throws SQLException {
        return rows("SELECT type FROM audit_event WHERE realm = ? AND subject = ? ORDER BY id", realm, subject);
    }

    /** Type and detail of each of an account's events, oldest first. */
    public static List<String> typesAndDetails(String realm, String subject) throws SQLException {
        return rows(
                "SELECT type || ' ' || detail FROM audit_event WHERE realm = ? AND subject = ? ORDER BY id",
                realm,
                subject);
    }

    /** Every column of an account's rows, in all tables, as text. */
    public static String everything(String realm, String subject) throws SQLException {
        var all = new ArrayList<String>();
        for (var table :
                List.of("audit_event", "mfa_account", "recovery_code", "outbox", "known_client", "remembered_device")) {
            all.addAll(rows("SELECT t::text FROM " + table + " t WHERE realm = ? AND subject = ?", realm, subject));
        }
        return String.join("\n", all);
    }

    private static List<String> rows(String sql, String realm, String subject) throws SQLException {
        try (var connection = Stores.connect();
                var query = connection.prepareStatement(sql)) {
            query.setString(1, realm);
            query.setString(2, subject);
            var found = new ArrayList<String>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }
}
