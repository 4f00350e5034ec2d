package io.portcullis.adapter.legacy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.parsetools.JsonEventType;
import io.vertx.core.parsetools.JsonParser;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The member names of a JSON text as they stand there, before a parser keeps one of several. */
final class JsonMembers {
    private final ArrayDeque<Set<String>> open = new ArrayDeque<>();
    private boolean repeated;

    private JsonMembers() {}

    /**
     * Whether an object names a member twice, or in two spellings that differ in letter case alone. Some readers take the first,
     * some the last, and some do not see the difference. What is no JSON in UTF-8 counts as such.
     */
    static boolean repeated(byte[] json) {
        var members = new JsonMembers();
        try {
            var parser = JsonParser.newParser();
            parser.handler(event -> members.see(event.type(), event.fieldName()));
            parser.write(Buffer.buffer(json));
            parser.end();
        } catch (DecodeException unreadable) {
            return true;
        }
        return members.repeated;
    }

    private void see(JsonEventType type, @Nullable String name) {
        var siblings = open.peek();
        if (name != null && siblings != null && !siblings.add(folded(name))) {
            repeated = true;
        }
        switch (type) {
            case START_OBJECT, START_ARRAY -> open.push(new HashSet<>());
            case END_OBJECT, END_ARRAY -> open.pop();
            case VALUE -> {} // has no members
        }
    }

    private static String folded(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
