package io.portcullis.domain.mfa;

import io.portcullis.domain.code.CodeHasher;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A code for the day the phone is gone: two groups of six, such as {@code ABCDEF-GHJKLM}, from 32 letters, 60 bit. Its first two letters are its
 * index among the account's codes, so that one slow hash is compared and not ten. Prints itself hidden.
 */
public final class RecoveryCode {
    /** Without I, O, 0 and 1, which people mistake for each other. */
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9 -]{8,64}");
    private static final int LETTERS = 12;
    private static final int HALF = LETTERS / 2;
    private static final int INDEX = 2;

    private final String letters;

    private RecoveryCode(String letters) {
        this.letters = letters;
    }

    /** Codes with different indexes. */
    static List<RecoveryCode> random(SecureRandom random, int count) {
        var codes = new LinkedHashMap<String, RecoveryCode>();
        while (codes.size() < count) {
            var letters = new StringBuilder(LETTERS);
            for (int i = 0; i < LETTERS; i++) {
                letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            var code = new RecoveryCode(letters.toString());
            codes.putIfAbsent(code.index(), code);
        }
        return new ArrayList<>(codes.values());
    }

    /** Reads a code as people type it: any case, with or without hyphen and spaces. Empty when it has not the form of one. */
    public static Optional<RecoveryCode> parse(String text) {
        var letters = text.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        boolean wellFormed =
                letters.length() == LETTERS && letters.chars().allMatch(letter -> ALPHABET.indexOf(letter) >= 0);
        return wellFormed ? Optional.of(new RecoveryCode(letters)) : Optional.empty();
    }

    /** Whether a text could be one, made here or elsewhere: 8 to 64 letters, digits, hyphens and spaces. */
    public static boolean fits(String text) {
        return FORM.matcher(text).matches();
    }

    static Map<String, String> hashed(List<RecoveryCode> codes, CodeHasher hasher) {
        var hashes = new LinkedHashMap<String, String>();
        codes.forEach(code -> hashes.put(code.index(), hasher.hash(code.letters)));
        return hashes;
    }

    String index() {
        return letters.substring(0, INDEX);
    }

    /**
     * Whether a text is this code. A slow hash is computed only where the index agrees, or where the code was made
     * elsewhere and has none.
     */
    static boolean matches(String text, Accounts.StoredRecoveryCode stored, CodeHasher hasher) {
        if (stored.madeElsewhere()) {
            return hasher.matches(text.strip(), stored.hash());
        }
        return parse(text)
                .filter(code -> code.isAt(stored))
                .filter(code -> hasher.matches(code.letters, stored.hash()))
                .isPresent();
    }

    /** Whether a text may be this code and good still, as far as no slow hash is needed to tell. */
    static boolean mayBe(String text, Accounts.StoredRecoveryCode stored) {
        return !stored.used()
                && (stored.madeElsewhere()
                        || parse(text).filter(code -> code.isAt(stored)).isPresent());
    }

    private boolean isAt(Accounts.StoredRecoveryCode stored) {
        return index().equals(stored.index());
    }

    /** How a stored code is listed: nothing of it is kept but its index. */
    public static String masked(Accounts.StoredRecoveryCode stored) {
        var hidden = "*".repeat(HALF);
        return (stored.madeElsewhere() ? hidden : stored.index() + "*".repeat(HALF - INDEX)) + "-" + hidden;
    }

    /** As it is shown, once. */
    public String plaintext() {
        return letters.substring(0, HALF) + "-" + letters.substring(HALF);
    }

    @Override
    public String toString() {
        return "RecoveryCode[hidden]";
    }
}
