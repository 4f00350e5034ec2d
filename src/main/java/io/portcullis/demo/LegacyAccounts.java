package io.portcullis.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** The people who can log in to the legacy backend. */
public final class LegacyAccounts {
    /** May do everything. */
    public static final LegacyAccount ALICE =
            new LegacyAccount(1, "alice@example.com", "superAdmin", "alice-likes-long-walks");

    /** An ordinary administrator. */
    public static final LegacyAccount BOB = new LegacyAccount(2, "bob@example.com", "admin", "bob-collects-old-maps");

    /** A user: nobody whom an admin route should let in. */
    public static final LegacyAccount CAROL =
            new LegacyAccount(3, "carol@example.com", "user", "carol-bakes-rye-bread");

    public static final List<LegacyAccount> ALL = List.of(ALICE, BOB, CAROL);

    private LegacyAccounts() {}

    /** The account of that e-mail address, when the password is its own. */
    static Optional<LegacyAccount> login(String email, String password) {
        return ALL.stream()
                .filter(account -> account.email().equals(email))
                .filter(account -> same(account.password(), password))
                .findFirst();
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
