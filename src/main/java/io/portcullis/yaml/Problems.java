package io.portcullis.yaml;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Everything found in one file. */
public final class Problems {
    private final Path file;
    /** A set: a record that is tried again finds the same things again. */
    private final Set<ConfigProblem> found = new LinkedHashSet<>();

    public Problems(Path file) {
        this.file = file;
    }

    public void add(Place place, String pointer, String message) {
        found.add(new ConfigProblem(file, place.line(), place.column(), pointer, message));
    }

    public void add(Value value, String message) {
        add(value.place(), value.pointer(), message);
    }

    /** What was found in another file, that this one names. */
    public void addAll(List<ConfigProblem> others) {
        found.addAll(others);
    }

    public boolean none() {
        return found.isEmpty();
    }

    /** By file and place, those of this file first. */
    public List<ConfigProblem> sorted() {
        return found.stream()
                .sorted(Comparator.comparing(
                                (ConfigProblem problem) -> !problem.file().equals(file))
                        .thenComparing(ConfigProblem::file)
                        .thenComparing(problem -> new Place(problem.line(), problem.column()))
                        .thenComparing(ConfigProblem::pointer))
                .toList();
    }

    /**
     * Makes a settings record. A bound that its constructor refuses becomes a problem at the key that the message
     * names, {@code session.ttl is from 1m to 90d}; the default then stands in for the value, so that the next bound
     * is seen too. Empty when the record cannot be made; the reasons have then been reported.
     */
    public <T> Optional<T> settings(Value root, Value section, Supplier<T> settings) {
        while (true) {
            try {
                return Optional.of(settings.get());
            } catch (Value.Unreadable reported) {
                return Optional.empty();
            } catch (IllegalArgumentException outOfBounds) {
                if (!rejected(root, section, String.valueOf(outOfBounds.getMessage()))) {
                    return Optional.empty();
                }
            }
        }
    }

    /** Whether a value of the file was rejected for it, so that another try makes sense. */
    private boolean rejected(Value root, Value section, String message) {
        int end = message.indexOf(' ');
        var key = end < 0 ? message : message.substring(0, end);
        var value = key(root, key).or(() -> key(section, key));
        if (value.isEmpty()) {
            add(section, message);
            return false;
        }
        var named = value.get();
        if (named.faulty()) {
            return false; // a default does not go with the other values: only the faulty one is to be mended
        }
        add(named, message.substring(end + 1));
        named.reject();
        return named.given();
    }

    private static Optional<Value> key(Value from, String path) {
        var value = from;
        for (var key : path.split("\\.", -1)) {
            var next = value.members().get(key);
            if (next == null) {
                return Optional.empty();
            }
            value = next;
        }
        return Optional.of(value);
    }
}
