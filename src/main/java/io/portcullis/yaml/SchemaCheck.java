package io.portcullis.yaml;

import io.portcullis.yaml.YamlTree.Kind;
import io.portcullis.yaml.YamlTree.Mapping;
import io.portcullis.yaml.YamlTree.Scalar;
import io.portcullis.yaml.YamlTree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds a document against the schema: one problem for one fault, at its place. What comes back has placeholders
 * replaced, absent keys filled in with their defaults, and faulty values marked.
 */
final class SchemaCheck {
    private final Substitution substitution;
    private final Defaults defaults;
    private final Problems problems;

    SchemaCheck(Substitution substitution, Problems problems) {
        this.substitution = substitution;
        this.defaults = new Defaults();
        this.problems = problems;
    }

    Value check(Schema schema, YamlTree node, String pointer) {
        if (schema.anything()) {
            return new FreeForm(substitution, problems).read(node, pointer);
        } else if (node instanceof Scalar scalar && scalar.kind() == Kind.NOTHING) {
            return faulty(schema, node, pointer, "has no value; give one, or leave the key out");
        } else if (!schema.choices().isEmpty()) {
            return choice(schema, node, pointer);
        }
        var type = schema.type();
        if (node instanceof Mapping && schema.free()) {
            return new FreeForm(substitution, problems).read(node, pointer);
        } else if (node instanceof Mapping mapping && type.equals("object")) {
            return mapping(schema, mapping, pointer);
        } else if (node instanceof Sequence sequence && type.equals("array")) {
            return sequence(schema, sequence, pointer);
        } else if (node instanceof Scalar scalar && isScalar(schema)) {
            return scalar(schema, scalar, pointer);
        }
        return faulty(schema, node, pointer, "must be " + schema.form());
    }

    private Value mapping(Schema schema, Mapping mapping, String pointer) {
        var members = new LinkedHashMap<String, Value>();
        mapping.members().forEach((key, member) -> {
            var child = Pointers.child(pointer, key);
            var known = schema.member(key);
            if (known.isEmpty()) {
                problems.add(member.keyPlace(), child, unknown(key, schema));
            } else if (!known.get().supported()) {
                problems.add(member.keyPlace(), child, notSupported('"' + key + '"', "leave it out"));
                members.put(key, Value.faulty(member.keyPlace(), child, Optional.empty()));
            } else {
                schema.names()
                        .filter(names -> !names.fits(key))
                        .ifPresent(names ->
                                problems.add(member.keyPlace(), child, "a name here is made of " + names.form()));
                members.put(key, check(known.get(), member.value(), child));
            }
        });
        for (var key : schema.required()) {
            if (!mapping.members().containsKey(key)) {
                var form = schema.member(key).orElseThrow().form();
                problems.add(mapping.place(), Pointers.child(pointer, key), "is missing; must be " + form);
            }
        }
        if (mapping.members().isEmpty() && !schema.mayBeEmpty()) {
            problems.add(mapping.place(), pointer, "is empty; give at least one");
        }
        defaults.fill(members, schema, mapping.place(), pointer);
        return Value.given(mapping.place(), pointer, members, fallback(schema, mapping, pointer));
    }

    private Value sequence(Schema schema, Sequence sequence, String pointer) {
        if (sequence.items().isEmpty() && !schema.mayBeEmpty()) {
            return faulty(schema, sequence, pointer, "is empty; give at least one item, or leave the key out");
        }
        var items = new ArrayList<Value>();
        for (var item : sequence.items()) {
            items.add(check(schema.items(), item, Pointers.child(pointer, items.size())));
        }
        return items.isEmpty() || items.stream().anyMatch(Value::readable)
                ? Value.given(sequence.place(), pointer, items, fallback(schema, sequence, pointer))
                : Value.faulty(sequence.place(), pointer, fallback(schema, sequence, pointer));
    }

    private Value scalar(Schema schema, Scalar scalar, String pointer) {
        var text = substitution.apply(scalar.text(), message -> problems.add(scalar.place(), pointer, message));
        if (text.isEmpty()) {
            return Value.faulty(scalar.place(), pointer, fallback(schema, scalar, pointer));
        }
        var read = read(schema, scalar, text.get());
        if (read.isPresent()) {
            return Value.given(scalar.place(), pointer, read.get(), fallback(schema, scalar, pointer));
        }
        var onlyQuotes =
                schema.type().equals("string") && schema.fits(text.get().value());
        return faulty(
                schema, scalar, pointer, onlyQuotes ? "must be a text; put it in quotes" : "must be " + schema.form());
    }

    /** What comes from outside the file has no type of its own: it is read as the schema wants it. */
    private static Optional<Object> read(Schema schema, Scalar scalar, Substitution.Text text) {
        var value = text.value();
        return switch (schema.type()) {
            case "integer" ->
                (text.replaced() || scalar.kind() == Kind.NUMBER) && value.matches("[-+]?[0-9]{1,9}")
                        ? Optional.of(Long.valueOf(value))
                        : Optional.empty();
            case "boolean" ->
                (text.replaced() || scalar.kind() == Kind.BOOLEAN) && value.matches("(?i)true|false")
                        ? Optional.of(Boolean.valueOf(value))
                        : Optional.empty();
            default ->
                (text.replaced() || scalar.kind() == Kind.TEXT) && schema.fits(value)
                        ? Optional.of(value)
                        : Optional.empty();
        };
    }

    private Value choice(Schema schema, YamlTree node, String pointer) {
        if (schema.choices().getFirst().type().equals("object")) {
            return variant(schema, node, pointer);
        } else if (!(node instanceof Scalar scalar)) {
            return schema.choices().stream()
                    .filter(choice -> node instanceof Sequence && choice.type().equals("array"))
                    .findFirst()
                    .map(choice -> chosen(choice, schema, node, pointer))
                    .orElseGet(() -> faulty(schema, node, pointer, "must be " + schema.form()));
        } else {
            var text = substitution.apply(scalar.text(), message -> problems.add(scalar.place(), pointer, message));
            if (text.isEmpty()) {
                return Value.faulty(scalar.place(), pointer, fallback(schema, scalar, pointer));
            }
            var value = text.get().value();
            return schema.choices().stream()
                    .filter(choice -> isScalar(choice) && matches(choice, value))
                    .findFirst()
                    .map(choice -> choice.supported()
                            ? Value.given(scalar.place(), pointer, value, fallback(schema, scalar, pointer))
                            : chosen(choice, schema, scalar, pointer))
                    .orElseGet(() -> faulty(schema, node, pointer, "must be " + schema.form() + meant(schema, value)));
        }
    }

    private static boolean matches(Schema choice, String value) {
        return choice.constant().map(value::equals).orElseGet(() -> choice.fits(value));
    }

    private Value chosen(Schema choice, Schema schema, YamlTree node, String pointer) {
        if (choice.supported()) {
            return check(choice, node, pointer);
        }
        var name = choice.constant()
                .map(constant -> '"' + constant + '"')
                .orElseGet(() -> choice.json().getString("title"));
        return faulty(schema, node, pointer, notSupported(name, "must be " + schema.form()));
    }

    /** A mapping whose {@code type} says which keys it has. */
    private Value variant(Schema schema, YamlTree node, String pointer) {
        var byType = schema.choices().stream()
                .collect(Collectors.toMap(
                        SchemaCheck::typeName, choice -> choice, (one, other) -> one, LinkedHashMap::new));
        var known = byType.entrySet().stream()
                .filter(choice -> choice.getValue().supported())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", ", "one of ", ""));
        if (!(node instanceof Mapping mapping)) {
            return faulty(schema, node, pointer, "must be a mapping with a type, " + known);
        }
        var member = mapping.members().get("type");
        var typePointer = Pointers.child(pointer, "type");
        if (member == null) {
            problems.add(mapping.place(), typePointer, "is missing; must be " + known);
            return Value.faulty(mapping.place(), pointer, Optional.empty());
        }
        var choice = member.value() instanceof Scalar scalar ? byType.get(scalar.text()) : null;
        if (choice == null) {
            problems.add(member.value().place(), typePointer, "must be " + known);
            return Value.faulty(mapping.place(), pointer, Optional.empty());
        } else if (!choice.supported()) {
            var name = '"' + typeName(choice) + '"';
            problems.add(member.value().place(), typePointer, notSupported(name, "must be " + known));
            return Value.faulty(mapping.place(), pointer, Optional.empty());
        }
        return mapping(choice, mapping, pointer);
    }

    private static String typeName(Schema choice) {
        return choice.member("type").flatMap(Schema::constant).orElseThrow();
    }

    private static boolean isScalar(Schema schema) {
        return !schema.type().equals("object") && !schema.type().equals("array");
    }

    private Value faulty(Schema schema, YamlTree node, String pointer, String message) {
        problems.add(node.place(), pointer, message);
        return Value.faulty(node.place(), pointer, fallback(schema, node, pointer));
    }

    private Optional<Value> fallback(Schema schema, YamlTree node, String pointer) {
        return defaults.of(schema, node.place(), pointer);
    }

    private static String notSupported(String what, String instead) {
        return what + " is not supported yet; " + instead;
    }

    private static String unknown(String key, Schema schema) {
        return Nearest.to(key, schema.keys())
                .map(near -> "unknown key, did you mean \"" + near + "\"?")
                .orElseGet(() -> "unknown key; known here: " + String.join(", ", schema.supportedKeys()));
    }

    private static String meant(Schema schema, String value) {
        var constants = schema.choices().stream()
                .filter(Schema::supported)
                .flatMap(choice -> choice.constant().stream())
                .toList();
        return Nearest.to(value, constants)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("");
    }
}
