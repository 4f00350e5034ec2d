package io.portcullis.adapter.importing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a file has in it, with every problem at once. No value from the file is in a finding.
 *
 * @param accounts the entries without a problem, in the order of the file
 * @param problems why the others are not among them
 * @param warnings about entries that are
 */
public record ImportFile(List<ImportedAccount> accounts, List<Finding> problems, List<Finding> warnings) {
    public ImportFile {
        accounts = List.copyOf(accounts);
        problems = problems.stream().sorted().toList();
        warnings = warnings.stream().sorted().toList();
    }

    public enum Format {
        CSV,
        JSON
    }

    /**
     * Reads a file in UTF-8, with or without a byte order mark.
     *
     * @param realms those that exist; an account of another one would never be anybody's
     * @throws IOException when the file cannot be read at all
     */
    public static ImportFile read(InputStream file, Format format, Set<String> realms) throws IOException {
        var check = new EntryCheck(realms);
        var problems = new ArrayList<Finding>();
        // A reader of our own: the one that a charset's name makes would replace what is no UTF-8.
        var reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8.newDecoder()));
        List<Entry> entries = List.of();
        try {
            skipByteOrderMark(reader);
            entries = switch (format) {
                case CSV -> CsvEntries.read(reader, problems);
                case JSON -> JsonEntries.read(reader, problems);
            };
        } catch (CharacterCodingException otherCharset) {
            problems.add(new Finding(1, "the file is not in UTF-8: nothing was read"));
        }
        entries.forEach(check::add);
        problems.addAll(check.problems());
        return new ImportFile(check.accounts(), problems, check.warnings());
    }

    private static void skipByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
    }
}
