package io.portcullis.adapter.importing;

import java.util.List;
import java.util.Map;

/** What stands in a file about one account, before anybody looked at it. Prints itself hidden. */
record Entry(int line, Map<String, String> fields, List<String> backupCodes) {
    static final String BACKUP_CODES = "backup_codes";

    /** All names there are; both formats have the same. */
    static final List<String> NAMES =
            List.of("realm", "subject", "email", "totp_secret", "algorithm", "digits", "period", BACKUP_CODES);

    /** Without white space around it; empty where there is none. */
    String field(String name) {
        return fields.getOrDefault(name, "").strip();
    }

    @Override
    public String toString() {
        return "Entry[line=" + line + ", hidden]";
    }
}
