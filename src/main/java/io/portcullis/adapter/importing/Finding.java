package io.portcullis.adapter.importing;

import java.util.Comparator;

/**
 * Something to say about a line of an import file; without any value from it, as a secret may stand in the wrong column.
 *
 * @param line from 1
 */
public record Finding(int line, String text) implements Comparable<Finding> {
    private static final Comparator<Finding> ORDER =
            Comparator.comparingInt(Finding::line).thenComparing(Finding::text);

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "line " + line + ": " + text;
    }
}
