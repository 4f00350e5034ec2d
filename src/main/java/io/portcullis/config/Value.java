package io.portcullis.config;

import io.portcullis.domain.limits.Rate;
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
final class Value {
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

    Place place() {
        return place;
    }

    String pointer() {
        return pointer;
    }

    /** Whether it stands in the file, faulty or not. */
    boolean given() {
        return given;
    }

    boolean faulty() {
        return faulty;
    }

    boolean readable() {
        return content != null;
    }

    /** From now on the default stands in for it. */
    void reject() {
        faulty = true;
        content = fallback;
    }

    /** The value of a key; one that is absent stands where this mapping does. */
    Value at(String key) {
        var member = members().get(key);
        return member == null ? new Value(place, Pointers.child(pointer, key), false, null, null) : member;
    }

    @SuppressWarnings("unchecked") // the schema check makes no other maps
    Map<String, Value> members() {
        return content instanceof Map<?, ?> ? (Map<String, Value>) content : Map.of();
    }

    @SuppressWarnings("unchecked") // the schema check makes no other lists
    List<Value> items() {
        return content instanceof List<?> ? (List<Value>) content : List.of();
    }

    Optional<Value> optional() {
        return content == null ? Optional.empty() : Optional.of(this);
    }

    String text() {
        return (String) content();
    }

    Optional<String> optionalText() {
        return optional().map(Value::text);
    }

    /** The texts of a list in its order, without faulty ones. */
    Set<String> texts() {
        var texts = new LinkedHashSet<String>();
        items().forEach(item -> item.optionalText().ifPresent(texts::add));
        return texts;
    }

    int number() {
        return ((Long) content()).intValue();
    }

    boolean flag() {
        return (Boolean) content();
    }

    Duration duration() {
        return Units.duration(text());
    }

    Rate rate() {
        return Units.rate(text());
    }

    int bytes() {
        return Units.bytes(text());
    }

    private Object content() {
        if (content == null) {
            throw new Unreadable();
        }
        return content;
    }

    /** What is needed is missing or faulty, and has been reported. */
    static final class Unreadable extends RuntimeException {
        Unreadable() {
            super("reported before", null, false, false);
        }
    }
}
