package io.portcullis.adapter.importing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** CSV (RFC 4180) with a header row; backup codes are separated by semicolons or spaces. */
final class CsvEntries {
    private final List<Entry> entries = new ArrayList<>();
    private final List<Finding> problems;
    private List<String> header = List.of();
    private int line = 1;

    private CsvEntries(List<Finding> problems) {
        this.problems = problems;
    }

    static List<Entry> read(Reader file, List<Finding> problems) {
        var csv = new CsvEntries(problems);
        csv.read(file);
        return csv.entries;
    }

    /** A row has its problem told here; the parser itself would end at the first one. */
    private void read(Reader file) {
        var rows = CsvReader.builder()
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(file)
                .iterator();
        try {
            if (!rows.hasNext()) {
                problems.add(new Finding(1, "the file is empty"));
                return;
            }
            if (!readHeader(rows.next())) {
                return;
            }
            while (rows.hasNext()) {
                readRow(rows.next());
            }
        } catch (CsvParseException unreadable) {
            problems.add(new Finding(line, "after this line the file is no CSV (RFC 4180): nothing more was read"));
        }
    }

    private boolean readHeader(CsvRecord row) {
        header = row.getFields().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        int before = problems.size();
        for (int i = 0; i < header.size(); i++) {
            var name = header.get(i);
            if (!Entry.NAMES.contains(name)) {
                problem(row, "column " + (i + 1) + " is none of " + String.join(", ", Entry.NAMES));
            } else if (header.indexOf(name) < i) {
                problem(row, "two columns are named " + name);
            }
        }
        return problems.size() == before;
    }

    private void readRow(CsvRecord row) {
        line = (int) row.getStartingLineNumber();
        if (row.getFieldCount() != header.size()) {
            problem(row, "has " + row.getFieldCount() + " fields, the header " + header.size());
            return;
        }
        var fields = new HashMap<String, String>();
        for (int i = 0; i < header.size(); i++) {
            fields.put(header.get(i), row.getField(i));
        }
        var codes = fields.getOrDefault(Entry.BACKUP_CODES, "").split("[;\\s]+");
        fields.remove(Entry.BACKUP_CODES);
        entries.add(new Entry(
                line, fields, Stream.of(codes).filter(code -> !code.isEmpty()).toList()));
    }

    private void problem(CsvRecord row, String text) {
        problems.add(new Finding((int) row.getStartingLineNumber(), text));
    }
}
