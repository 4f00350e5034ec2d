package io.portcullis.dialect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** JSON with places in it for what an operation returns. A place whose value is absent leaves its member out. */
public sealed interface Template {
    /** A text, number or boolean that is always the same. */
    record Literal(Object value) implements Template {}

    /** {@code $user.email}: a value of the operation. */
    record Reference(List<String> path) implements Template {
        public Reference {
            path = List.copyOf(path);
        }
    }

    /** {@code $text.greeting}: a text of the file, in the language of the request. */
    record Phrase(Map<String, String> byLanguage) implements Template {
        public Phrase {
            byLanguage = Map.copyOf(byLanguage);
        }

        /** English where there is none in the language asked for. */
        public String in(Locale language) {
            return byLanguage.getOrDefault(
                    language.getLanguage(), Objects.requireNonNull(byLanguage.get("en"), "checked when it was read"));
        }
    }

    /** An object with its members in their order. */
    record Members(Map<String, Template> members) implements Template {}

    record Items(List<Template> items) implements Template {}

    /** The JSON value that it makes; empty when the value it stands for is absent. */
    default Optional<Object> render(JsonObject values, Locale language) {
        return switch (this) {
            case Literal literal -> Optional.of(literal.value());
            case Phrase phrase -> Optional.of(phrase.in(language));
            case Reference reference -> value(values, reference.path());
            case Members object -> {
                var rendered = new JsonObject();
                object.members()
                        .forEach((name, member) -> member.render(values, language)
                                .ifPresent(value -> rendered.put(name, value == Null.NULL ? null : value)));
                yield Optional.of(rendered);
            }
            case Items list -> {
                var rendered = new JsonArray();
                list.items()
                        .forEach(item -> item.render(values, language)
                                .ifPresent(value -> rendered.add(value == Null.NULL ? null : value)));
                yield Optional.of(rendered);
            }
        };
    }

    /** Whether what it makes depends on the language of the request. */
    default boolean speaks() {
        return switch (this) {
            case Literal literal -> false;
            case Reference reference -> false;
            case Phrase phrase -> true;
            case Members object -> object.members().values().stream().anyMatch(Template::speaks);
            case Items list -> list.items().stream().anyMatch(Template::speaks);
        };
    }

    /** What an operation says is {@code null}, which is not absent. */
    enum Null {
        NULL
    }

    /** The text of a single value, for places that hold no JSON; empty when it is absent or {@code null}. */
    default Optional<String> text(JsonObject values, Locale language) {
        return render(values, language).filter(value -> value != Null.NULL).map(Object::toString);
    }

    private static Optional<Object> value(Object values, List<String> path) {
        Object found = values;
        for (var name : path) {
            if (found instanceof JsonObject object && object.containsKey(name)) {
                found = Optional.ofNullable(object.getValue(name)).orElse(Null.NULL);
            } else if (found instanceof JsonArray array
                    && name.matches("[0-9]{1,4}")
                    && Integer.parseInt(name) < array.size()) {
                found = Optional.ofNullable(array.getValue(Integer.parseInt(name)))
                        .orElse(Null.NULL);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }
}
