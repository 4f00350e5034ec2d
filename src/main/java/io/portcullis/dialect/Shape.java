package io.portcullis.dialect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a value of an operation looks like. */
public sealed interface Shape {
    /**
     * One of the types of JSON.
     *
     * @param format as JSON Schema calls it
     * @param texts the only ones there are; empty where there may be any
     */
    record Scalar(String type, Optional<String> format, List<String> texts) implements Shape {
        static final Scalar TEXT = new Scalar("string");
        static final Scalar TIME = new Scalar("string", Optional.of("date-time"), List.of());
        static final Scalar NUMBER = new Scalar("integer");
        static final Scalar FLAG = new Scalar("boolean");

        public Scalar {
            texts = List.copyOf(texts);
        }

        private Scalar(String type) {
            this(type, Optional.empty(), List.of());
        }

        static Scalar oneOf(List<String> texts) {
            return new Scalar("string", Optional.empty(), texts);
        }

        @Override
        public JsonObject schema() {
            var schema = new JsonObject().put("type", type);
            format.ifPresent(name -> schema.put("format", name));
            return texts.isEmpty() ? schema : schema.put("enum", new JsonArray(texts));
        }
    }

    /** Whatever others say there. */
    record Anything() implements Shape {
        @Override
        public JsonObject schema() {
            return new JsonObject();
        }
    }

    record ListOf(Shape item) implements Shape {
        @Override
        public JsonObject schema() {
            return new JsonObject().put("type", "array").put("items", item.schema());
        }
    }

    /** A member that is {@code optional} may be absent. */
    record Member(Shape shape, boolean optional) {}

    /** An object with these members in their order, and no others. */
    record Members(Map<String, Member> members) implements Shape {
        public Members {
            members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Override
        public JsonObject schema() {
            var properties = new JsonObject();
            var required = new JsonArray();
            members.forEach((name, member) -> {
                properties.put(name, member.shape().schema());
                if (!member.optional()) {
                    required.add(name);
                }
            });
            return object(properties, required);
        }
    }

    record OrNull(Shape shape) implements Shape {
        @Override
        public JsonObject schema() {
            var schema = shape.schema();
            return schema.getValue("type") instanceof String type && !schema.containsKey("enum")
                    ? schema.put("type", new JsonArray().add(type).add("null"))
                    : new JsonObject()
                            .put("anyOf", new JsonArray().add(schema).add(new JsonObject().put("type", "null")));
        }
    }

    /** A shape that has a name of its own, and is described once. */
    record Named(String name, Shape shape) implements Shape {
        @Override
        public JsonObject schema() {
            return new JsonObject().put("$ref", "#/components/schemas/" + name);
        }
    }

    /** As JSON Schema (draft 2020-12), with named shapes under {@code #/components/schemas}. */
    JsonObject schema();

    /** What is there at a path of member names and, in lists, indexes; {@code optional} when it may be absent. Empty when there never is anything. */
    default Optional<Member> at(List<String> path) {
        if (path.isEmpty()) {
            return Optional.of(new Member(this, false));
        }
        return switch (this) {
            case Scalar scalar -> Optional.empty();
            case Anything anything -> Optional.of(new Member(anything, true));
            case ListOf list ->
                path.getFirst().matches("[0-9]{1,4}")
                        ? list.item().at(path.subList(1, path.size())).map(Shape::maybe)
                        : Optional.empty();
            case Members object ->
                Optional.ofNullable(object.members().get(path.getFirst()))
                        .flatMap(member -> member.shape()
                                .at(path.subList(1, path.size()))
                                .map(found -> member.optional() ? maybe(found) : found));
            case OrNull orNull -> orNull.shape().at(path).map(Shape::maybe);
            case Named named -> named.shape().at(path);
        };
    }

    /** Whether it is a text, a number or a flag; of what others say nobody knows. */
    default boolean isSingle() {
        return switch (this) {
            case Scalar scalar -> true;
            case Anything anything -> true;
            case OrNull orNull -> orNull.shape().isSingle();
            case Named named -> named.shape().isSingle();
            case Members object -> false;
            case ListOf list -> false;
        };
    }

    /** The names of the members that can be asked for; none where it has no members. */
    default List<String> names() {
        return switch (this) {
            case Members object -> List.copyOf(object.members().keySet());
            case Named named -> named.shape().names();
            case OrNull orNull -> orNull.shape().names();
            case Scalar scalar -> List.of();
            case Anything anything -> List.of();
            case ListOf list -> List.of();
        };
    }

    private static Member maybe(Member member) {
        return new Member(member.shape(), true);
    }

    /** The schema of an object with these properties and no others. */
    static JsonObject object(JsonObject properties, JsonArray required) {
        var schema = new JsonObject().put("type", "object").put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema.put("additionalProperties", false);
    }
}
