package io.portcullis.adapter.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of a file.
 *
 * @param dryRun then it is what would become of it
 * @param problems of entries that are therefore not imported
 * @param stop where the store went down
 */
public record ImportReport(
        boolean dryRun,
        int imported,
        int alreadyThere,
        List<Finding> conflicts,
        List<Finding> problems,
        List<Finding> warnings,
        Optional<Stop> stop) {
    public ImportReport {
        conflicts = List.copyOf(conflicts);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /**
     * The store did not answer.
     *
     * @param line of the account that was not imported
     * @param left how many accounts were not, with this one
     */
    public record Stop(int line, int left) {}

    /** Whether every account of the file is there now, or would be. */
    public boolean complete() {
        return conflicts.isEmpty() && problems.isEmpty() && stop.isEmpty();
    }

    /** For a person: one line about each that was not imported or is worth a word, in the order of the file, then the counts. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        Stream.concat(
                        Stream.concat(conflicts.stream(), problems.stream()),
                        warnings.stream().map(warning -> new Finding(warning.line(), "warning: " + warning.text())))
                .sorted()
                .map(Finding::toString)
                .forEach(lines::add);
        stop.ifPresent(at -> lines.add("line " + at.line() + ": the database does not answer, so " + at.left()
                + " accounts were not looked at; run it again, it goes on here"));
        lines.add((dryRun ? "would import " : "imported ") + imported + ", already there " + alreadyThere
                + ", conflicts " + conflicts.size() + ", lines with problems "
                + problems.stream().map(Finding::line).distinct().count());
        if (dryRun) {
            lines.add("this was a dry run and wrote nothing; --apply does");
        }
        return lines;
    }
}
