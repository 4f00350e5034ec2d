package io.portcullis.yaml;

import io.portcullis.domain.limits.Rate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One value after the schema check: of the right type and form. A faulty one is replaced by its default, so that the
 * rest of the file can still be judged; where there is none, reading it throws {@link Unreadable}.
 */
public final class Value {
    private final Place place;
    private final String pointer;
    private final boolean given;
    private final @Nullable Object fallback;
    private @Nullable Object content;
    private boolean faulty;

    private Value(Place place, String pointer, boolean given, @Nullable Object content, @Nullable Object fallback) {
        this.place = place;
        this.pointer = pointer;
        this.given = given;
        this.content = content;
        this.fallback = fallback;
    }

    /** @param content a {@code String}, {@code Long}, {@code Boolean}, {@code List<Value>} or {@code Map<String, Value>} */
    static Value given(Place place, String pointer, Object content, Optional<Value> byDefault) {
        return new Value(
                place, pointer, true, content, byDefault.map(Value::content).orElse(null));
    }

    static Value byDefault(Place place, String pointer, Object content) {
        return new Value(place, pointer, false, content, content);
    }

    static Value faulty(Place place, String pointer, Optional<Value> byDefault) {
        var content = byDefault.map(Value::content).orElse(null);
        var value = new Value(place, pointer, true, content, content);
        value.faulty = true;
        return value;
    }

    public Place place() {
        return place;
    }

    public String pointer() {
        return pointer;
    }

    /** Whether it stands in the file, faulty or not. */
    public boolean given() {
        return given;
    }

    public boolean faulty() {
        return faulty;
    }

    public boolean readable() {
        return content != null;
    }

    /** From now on the default stands in for it. */
    public void reject() {
        faulty = true;
        content = fallback;
    }

    public boolean isText() {
        return content instanceof String;
    }

    public boolean isMapping() {
        return content instanceof Map<?, ?>;
    }

    public boolean isList() {
        return content instanceof List<?>;
    }

    /** The value of a key; one that is absent stands where this mapping does. */
    public Value at(String key) {
        var member = members().get(key);
        return member == null ? new Value(place, Pointers.child(pointer, key), false, null, null) : member;
    }

    @SuppressWarnings("unchecked") // the schema check makes no other maps
    public Map<String, Value> members() {
        return content instanceof Map<?, ?> ? (Map<String, Value>) content : Map.of();
    }

    @SuppressWarnings("unchecked") // the schema check makes no other lists
    public List<Value> items() {
        return content instanceof List<?> ? (List<Value>) content : List.of();
    }

    public Optional<Value> optional() {
        return content == null ? Optional.empty() : Optional.of(this);
    }

    public String text() {
        return (String) content();
    }

    public Optional<String> optionalText() {
        return optional().map(Value::text);
    }

    /** The texts of a list in its order, without faulty ones. */
    public Set<String> texts() {
        var texts = new LinkedHashSet<String>();
        items().forEach(item -> item.optionalText().ifPresent(texts::add));
        return texts;
    }

    public int number() {
        return ((Long) content()).intValue();
    }

    public boolean flag() {
        return (Boolean) content();
    }

    public Duration duration() {
        return Units.duration(text());
    }

    public Rate rate() {
        return Units.rate(text());
    }

    public int bytes() {
        return Units.bytes(text());
    }

    /** All of it as JSON; a number that Java reads is one. */
    public Object json() {
        return switch (content()) {
            case Map<?, ?> ignored -> {
                var object = new JsonObject();
                members().forEach((key, member) -> object.put(key, member.json()));
                yield object;
            }
            case List<?> ignored ->
                new JsonArray(items().stream().map(Value::json).toList());
            case FreeForm.Numeral number -> new BigDecimal(number.text());
            case Object scalar -> scalar;
        };
    }

    private Object content() {
        if (content == null) {
            throw new Unreadable();
        }
        return content;
    }

    /** What is needed is missing or faulty, and has been reported. */
    public static final class Unreadable extends RuntimeException {
        public Unreadable() {
            super("reported before", null, false, false);
        }
    }
}
