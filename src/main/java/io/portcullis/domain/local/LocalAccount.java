package io.portcullis.domain.local;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * An account of the gateway's own. Prints itself without its hash.
 *
 * @param email as it was given; the one of nobody else in the realm, in whatever case
 */
public record LocalAccount(Account account, String email, String role, String passwordHash) {
    /** A path of an address has at most that many (RFC 5321, 4.5.3.1.3). */
    private static final int LONGEST_EMAIL = 254;

    /** The bounds of what an operator gives. */
    public LocalAccount {
        if (email.length() > LONGEST_EMAIL || !email.matches("[^\\s\\p{C}@]+@[^\\s\\p{C}@]+")) {
            throw new IllegalArgumentException("the e-mail is not one: give it as somebody@example.com");
        }
        if (!role.matches("[^\\s\\p{C}]{1,64}")) {
            throw new IllegalArgumentException("a role is 1 to 64 characters without spaces");
        }
        if (!account.subject().matches("[^\\s\\p{C}]{1,128}")) {
            throw new IllegalArgumentException("a subject is 1 to 128 characters without spaces");
        }
    }

    public Identity identity() {
        return new Identity(account, Optional.of(email), Optional.of(role));
    }

    /** One text for all that count as the same e-mail: in form NFC, in lower case, without white space around it. */
    public static String folded(String email) {
        return Normalizer.normalize(email.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "LocalAccount[" + account + "]";
    }
}
