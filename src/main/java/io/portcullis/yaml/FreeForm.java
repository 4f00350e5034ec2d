package io.portcullis.yaml;

import io.portcullis.yaml.YamlTree.Kind;
import io.portcullis.yaml.YamlTree.Mapping;
import io.portcullis.yaml.YamlTree.Scalar;
import io.portcullis.yaml.YamlTree.Sequence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What may hold anything: only its placeholders are replaced. What comes from outside the file stays a text, and a
 * number is kept as it is written.
 */
final class FreeForm {
    private static final int MOST_DIGITS = 1_000;

    /** A number of the file, for whoever makes JSON of it. */
    record Numeral(String text) {}

    private final Substitution substitution;
    private final Problems problems;

    FreeForm(Substitution substitution, Problems problems) {
        this.substitution = substitution;
        this.problems = problems;
    }

    Value read(YamlTree node, String pointer) {
        return switch (node) {
            case Mapping mapping -> {
                var members = new LinkedHashMap<String, Value>();
                mapping.members()
                        .forEach((key, member) -> members.put(key, read(member.value(), Pointers.child(pointer, key))));
                yield Value.given(mapping.place(), pointer, members, Optional.empty());
            }
            case Sequence sequence -> {
                var items = new ArrayList<Value>();
                for (var item : sequence.items()) {
                    items.add(read(item, Pointers.child(pointer, items.size())));
                }
                yield Value.given(sequence.place(), pointer, items, Optional.empty());
            }
            case Scalar scalar -> scalar(scalar, pointer);
        };
    }

    private Value scalar(Scalar scalar, String pointer) {
        if (scalar.kind() == Kind.NOTHING) {
            problems.add(scalar.place(), pointer, "has no value; give one, or leave the key out");
            return Value.faulty(scalar.place(), pointer, Optional.empty());
        }
        var replaced = substitution.apply(scalar.text(), message -> problems.add(scalar.place(), pointer, message));
        if (scalar.kind() == Kind.NUMBER
                && replaced.filter(text -> !isNumber(text.value())).isPresent()) {
            problems.add(scalar.place(), pointer, "is a number beyond all bounds; put it in quotes if it is a text");
            return Value.faulty(scalar.place(), pointer, Optional.empty());
        }
        return replaced.map(
                        text -> Value.given(scalar.place(), pointer, content(scalar, text.value()), Optional.empty()))
                .orElseGet(() -> Value.faulty(scalar.place(), pointer, Optional.empty()));
    }

    /** An exponent may be larger than any that Java has. */
    private static boolean isNumber(String text) {
        try {
            return new BigDecimal(text).scale() > -MOST_DIGITS;
        } catch (NumberFormatException tooLarge) {
            return false;
        }
    }

    private static Object content(Scalar scalar, String text) {
        return switch (scalar.kind()) {
            case BOOLEAN -> Boolean.valueOf(text);
            case NUMBER -> new Numeral(text);
            default -> text;
        };
    }
}
