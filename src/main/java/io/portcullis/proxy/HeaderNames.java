package io.portcullis.proxy;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A set of header names, compared as the loosest backend would: letter case does not count, every character that is neither letter nor digit is a
 * {@code -} (CGI and WSGI make the two one), and a leading {@code HTTP_}, which CGI puts there itself, does not count. Immutable; asking allocates
 * nothing.
 */
final class HeaderNames {
    private static final String CGI = "http-";
    private static final char[] FOLDED = foldedAscii();

    private final String[] table;
    private final List<String> prefixes;
    private final boolean[] beginnings = new boolean[128]; // by first character: few names share one with a prefix

    /** @param prefixes folded already: beginnings of names that are all in the set */
    HeaderNames(Collection<String> names, List<String> prefixes) {
        this.prefixes = List.copyOf(prefixes);
        prefixes.forEach(prefix -> beginnings[prefix.charAt(0)] = true);
        table = new String[Integer.highestOneBit(Math.max(4, names.size() * 4)) * 2];
        Arrays.fill(table, "");
        for (var name : names) {
            var folded = folded(name);
            int slot = slot(hash(folded, 0));
            while (!table[slot].isEmpty() && !table[slot].equals(folded)) {
                slot = next(slot);
            }
            table[slot] = folded;
        }
    }

    boolean contains(String name) {
        int start = afterCgi(name);
        for (int slot = slot(hash(name, start)); !table[slot].isEmpty(); slot = next(slot)) {
            if (table[slot].length() == name.length() - start && startsWith(name, start, table[slot])) {
                return true;
            }
        }
        if (name.length() == start || !beginnings[fold(name.charAt(start))]) {
            return false;
        }
        for (int i = 0; i < prefixes.size(); i++) {
            if (startsWith(name, start, prefixes.get(i))) {
                return true;
            }
        }
        return false;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 16) & (table.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (table.length - 1);
    }

    private static String folded(String name) {
        var folded = new StringBuilder();
        for (int i = afterCgi(name); i < name.length(); i++) {
            folded.append(fold(name.charAt(i)));
        }
        return folded.toString();
    }

    private static int hash(String name, int start) {
        int hash = 0;
        for (int i = start; i < name.length(); i++) {
            hash = 31 * hash + fold(name.charAt(i));
        }
        return hash;
    }

    private static int afterCgi(String name) {
        int start = 0;
        while (startsWith(name, start, CGI)) {
            start += CGI.length();
        }
        return start;
    }

    private static boolean startsWith(String name, int start, String folded) {
        if (name.length() - start < folded.length()) {
            return false;
        }
        for (int i = 0; i < folded.length(); i++) {
            if (fold(name.charAt(start + i)) != folded.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static char fold(char c) {
        return c < FOLDED.length ? FOLDED[c] : '-';
    }

    private static char[] foldedAscii() {
        var folded = new char[128];
        for (char c = 0; c < folded.length; c++) {
            folded[c] = Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : '-';
        }
        return folded;
    }
}
