package io.portcullis.domain.password;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * A password that somebody chooses for an account of the gateway's own, by NIST SP 800-63B-4, 3.1.1.2: long rather than
 * colourful, and none of those that everybody tries first. It goes with a second factor, so eight characters do. Prints
 * itself hidden.
 */
public final class NewPassword {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 256;

    /** In lower case. Short ones are refused anyway. */
    private static final Set<String> COMMONEST = Set.of(
            "00000000",
            "11111111",
            "12345678",
            "123456789",
            "1234567890",
            "123123123",
            "1q2w3e4r",
            "1qaz2wsx",
            "87654321",
            "88888888",
            "abc12345",
            "abcd1234",
            "admin123",
            "adminadmin",
            "administrator",
            "baseball",
            "changeit",
            "changeme",
            "computer",
            "football",
            "iloveyou",
            "letmein1",
            "p@ssw0rd",
            "passw0rd",
            "password",
            "password1",
            "password12",
            "password123",
            "portcullis",
            "princess",
            "qwer1234",
            "qwerty12",
            "qwerty123",
            "qwertyui",
            "qwertyuiop",
            "sunshine",
            "superman",
            "trustno1",
            "welcome1",
            "welcome123");

    private final String text;

    private NewPassword(String text) {
        this.text = text;
    }

    /**
     * Takes a password for the account with this e-mail.
     *
     * @throws IllegalArgumentException when it will not do; the message says why, and repeats none of it
     */
    public static NewPassword of(String typed, String email) {
        var text = normalized(typed);
        int length = text.codePointCount(0, text.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new IllegalArgumentException("a password has " + SHORTEST + " to " + LONGEST + " characters");
        }
        var plain = text.toLowerCase(Locale.ROOT);
        var address = normalized(email.strip()).toLowerCase(Locale.ROOT);
        if (plain.equals(address) || plain.equals(address.replaceFirst("@.*", ""))) {
            throw new IllegalArgumentException("the e-mail of an account is not its password");
        }
        if (COMMONEST.contains(plain)) {
            throw new IllegalArgumentException("this password is one of those that everybody tries first");
        }
        return new NewPassword(text);
    }

    /** As it is hashed: in Unicode's form NFC, so that it is the same whichever keyboard composes its letters. */
    public static String normalized(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFC);
    }

    /** To be hashed. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return "NewPassword[hidden]";
    }
}
