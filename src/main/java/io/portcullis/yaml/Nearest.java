package io.portcullis.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known word that somebody probably meant. */
public final class Nearest {
    private static final int MOST_SLIPS = 2;

    private Nearest() {}

    public static Optional<String> to(String word, Collection<String> known) {
        var plain = plain(word);
        return known.stream()
                .filter(candidate -> slips(plain, plain(candidate)) <= MOST_SLIPS)
                .filter(candidate ->
                        slips(plain, plain(candidate)) < plain(candidate).length())
                .min(Comparator.comparingInt((String candidate) -> slips(plain, plain(candidate)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code public_url}, {@code public-url} and {@code PublicURL} all mean {@code publicUrl}. */
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }

    /** Letters to add, drop, change or swap with their neighbour (optimal string alignment). */
    private static int slips(String from, String to) {
        var table = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                table[i][j] = i == 0 ? j : j == 0 ? i : fewest(table, from, to, i, j);
            }
        }
        return table[from.length()][to.length()];
    }

    private static int fewest(int[][] table, String from, String to, int i, int j) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int fewest = Math.min(Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1), table[i - 1][j - 1] + change);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(fewest, table[i - 2][j - 2] + 1) : fewest;
    }
}
