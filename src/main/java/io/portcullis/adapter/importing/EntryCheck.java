package io.portcullis.adapter.importing;

import io.portcullis.adapter.crypto.ForeignCodeHash;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.domain.code.TotpSettings.Algorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From what stands in a file to accounts: every problem of every entry is told, and an entry with one is left out. */
final class EntryCheck {
    /** What apps and sites hand out at least; below it a secret can be searched for. */
    private static final int SHORTEST_BITS = 80;

    /** RFC 4226, section 4, R6. */
    private static final int RECOMMENDED_BITS = 128;

    private static final int MOST_BACKUP_CODES = 20;

    /** Some four seconds: a person waits for all of them to be compared, and so does the account's row in the database. */
    private static final int MOST_ROUNDS = 1 << 16;

    private static final int LONGEST_NAME = 255;

    private final Set<String> realms;
    private final List<ImportedAccount> accounts = new ArrayList<>();
    private final List<Finding> problems = new ArrayList<>();
    private final List<Finding> warnings = new ArrayList<>();
    private final Map<Account, Integer> lines = new HashMap<>();

    EntryCheck(Set<String> realms) {
        this.realms = realms;
    }

    List<ImportedAccount> accounts() {
        return accounts;
    }

    List<Finding> problems() {
        return problems;
    }

    List<Finding> warnings() {
        return warnings;
    }

    void add(Entry entry) {
        int before = problems.size();
        checkNames(entry);
        var settings = totp(entry);
        var key = key(entry, settings);
        var codes = backupCodes(entry);
        if (problems.size() == before && key.isPresent()) {
            accounts.add(new ImportedAccount(
                    entry.line(),
                    entry.field("realm"),
                    entry.field("subject"),
                    entry.field("email"),
                    key.get(),
                    codes));
        }
    }

    private void checkNames(Entry entry) {
        boolean realm = required(entry, "realm");
        boolean subject = required(entry, "subject");
        if (realm && !realms.contains(entry.field("realm"))) {
            problem(entry, "realm is none that the config file names");
        }
        if (realm && subject) {
            var first = lines.putIfAbsent(new Account(entry.field("realm"), entry.field("subject")), entry.line());
            if (first != null) {
                problem(entry, "the same account as in line " + first);
            }
        }
        var email = entry.field("email");
        if (!email.isEmpty()
                && (email.length() > LONGEST_NAME || !email.matches("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+"))) {
            problem(entry, "email is no address");
        }
    }

    private boolean required(Entry entry, String name) {
        var value = entry.field(name);
        if (value.isEmpty()) {
            problem(entry, name + " is missing");
            return false;
        }
        if (value.length() > LONGEST_NAME || value.chars().anyMatch(Character::isISOControl)) {
            problem(entry, name + " is longer than " + LONGEST_NAME + " characters, or has control characters");
            return false;
        }
        return true;
    }

    private TotpSettings totp(Entry entry) {
        var defaults = TotpSettings.DEFAULTS;
        var algorithm = algorithm(entry, defaults.algorithm());
        int digits = number(entry, "digits", 6, 8, defaults.digits());
        int period = number(entry, "period", 15, 120, (int) defaults.period().toSeconds());
        return new TotpSettings(algorithm, digits, Duration.ofSeconds(period), defaults.window(), defaults.qr());
    }

    /** {@code SHA1}, {@code sha-256}, {@code HmacSHA512}: systems write them in all these ways. */
    private Algorithm algorithm(Entry entry, Algorithm otherwise) {
        var name = entry.field("algorithm")
                .toUpperCase(Locale.ROOT)
                .replaceFirst("^HMAC[-_]?", "")
                .replaceAll("[-_]", "");
        if (name.isEmpty()) {
            return otherwise;
        }
        for (var algorithm : Algorithm.values()) {
            if (algorithm.name().equals(name)) {
                return algorithm;
            }
        }
        problem(entry, "algorithm is none of SHA1, SHA256, SHA512");
        return otherwise;
    }

    private int number(Entry entry, String name, int least, int most, int otherwise) {
        var value = entry.field(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.matches("\\d{1,3}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        problem(entry, name + " is no whole number from " + least + " to " + most);
        return otherwise;
    }

    private Optional<TotpKey> key(Entry entry, TotpSettings settings) {
        if (entry.field("totp_secret").isEmpty()) {
            problem(entry, "totp_secret is missing");
            return Optional.empty();
        }
        try {
            var key = TotpKey.of(entry.field("totp_secret"), settings);
            int bits = key.base32().length() * 5 / 8 * 8;
            if (bits < SHORTEST_BITS) {
                problem(entry, "totp_secret has " + bits + " bit; " + SHORTEST_BITS + " is the least");
                return Optional.empty();
            }
            if (bits < RECOMMENDED_BITS) {
                warn(
                        entry,
                        "totp_secret has " + bits + " bit; RFC 4226 asks for " + RECOMMENDED_BITS
                                + ", so let this person set up anew some day");
            }
            return Optional.of(key);
        } catch (IllegalArgumentException notBase32) {
            problem(entry, "totp_secret is " + notBase32.getMessage());
            return Optional.empty();
        }
    }

    private List<ForeignCodeHash> backupCodes(Entry entry) {
        if (entry.backupCodes().size() > MOST_BACKUP_CODES) {
            problem(entry, "has more than " + MOST_BACKUP_CODES + " backup codes");
        }
        var hashes = new ArrayList<ForeignCodeHash>();
        var distinct = new LinkedHashSet<>(entry.backupCodes());
        int number = 0;
        for (var code : distinct) {
            number++;
            try {
                hashes.add(ForeignCodeHash.parse(code));
            } catch (IllegalArgumentException unknown) {
                problem(entry, "backup code " + number + " is " + unknown.getMessage());
            }
        }
        if (hashes.stream().mapToInt(ForeignCodeHash::rounds).sum() > MOST_ROUNDS) {
            problem(
                    entry,
                    "its backup codes take too long to compare: at most "
                            + "16 of bcrypt cost 12, 8 of cost 13 or 4 of cost 14; leave some or all of them out");
        }
        return hashes;
    }

    private void problem(Entry entry, String text) {
        problems.add(new Finding(entry.line(), text));
    }

    private void warn(Entry entry, String text) {
        warnings.add(new Finding(entry.line(), text));
    }
}
