package io.portcullis.adapter.importing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON: one array of objects, or objects one after the other (JSON lines). Backup codes are an array of strings. */
final class JsonEntries {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final List<Entry> entries = new ArrayList<>();
    private final List<Finding> problems;

    private JsonEntries(List<Finding> problems) {
        this.problems = problems;
    }

    static List<Entry> read(Reader file, List<Finding> problems) throws IOException {
        var json = new JsonEntries(problems);
        try (var parser = JSON.createParser(file)) {
            try {
                json.read(parser);
            } catch (JsonProcessingException unreadable) { // its message may repeat a value
                problems.add(new Finding(line(parser), "the file is no JSON from here: nothing more was read"));
            }
        }
        return json.entries;
    }

    private void read(JsonParser parser) throws IOException {
        var token = parser.nextToken();
        if (token == null) {
            problems.add(new Finding(1, "the file is empty"));
        } else if (token == JsonToken.START_ARRAY) {
            readUntil(parser, JsonToken.END_ARRAY);
            if (parser.nextToken() != null) {
                problems.add(new Finding(line(parser), "something stands after the array"));
            }
        } else {
            readValue(parser, token);
            readUntil(parser, null);
        }
    }

    private void readUntil(JsonParser parser, @Nullable JsonToken end) throws IOException {
        for (var token = parser.nextToken(); token != end && token != null; token = parser.nextToken()) {
            readValue(parser, token);
        }
    }

    private void readValue(JsonParser parser, JsonToken token) throws IOException {
        int line = line(parser);
        if (token != JsonToken.START_OBJECT) {
            problems.add(new Finding(line, "not an object"));
            parser.skipChildren();
            return;
        }
        int before = problems.size();
        var fields = new HashMap<String, String>();
        var codes = new ArrayList<String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            readField(parser, parser.currentName(), line, fields, codes);
        }
        if (problems.size() == before) {
            entries.add(new Entry(line, fields, codes));
        }
    }

    private void readField(JsonParser parser, String name, int line, Map<String, String> fields, List<String> codes)
            throws IOException {
        var value = parser.nextToken();
        if (!Entry.NAMES.contains(name)) {
            problems.add(new Finding(line, "has a field that is none of " + String.join(", ", Entry.NAMES)));
        } else if (value == JsonToken.VALUE_NULL) {
            return; // as if it were left out
        } else if (name.equals(Entry.BACKUP_CODES)) {
            readCodes(parser, line, codes);
            return;
        } else if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
            fields.put(name, parser.getText());
            return;
        } else {
            problems.add(new Finding(line, name + " is neither a string nor a whole number"));
        }
        parser.skipChildren();
    }

    private void readCodes(JsonParser parser, int line, List<String> codes) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            problems.add(new Finding(line, "backup_codes is no array"));
            parser.skipChildren();
            return;
        }
        boolean strings = true;
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            strings &= token == JsonToken.VALUE_STRING;
            codes.add(parser.getText().strip());
            parser.skipChildren();
        }
        if (!strings) {
            problems.add(new Finding(line, "backup_codes is not an array of strings"));
        }
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
