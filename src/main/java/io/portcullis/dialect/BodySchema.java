package io.portcullis.dialect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The JSON Schema of a body, put together from the places that are looked at in it. A member that nothing looks at may be anything. */
final class BodySchema {
    private final Node root = new Node();
    private final JsonArray further = new JsonArray(); // schemas that a body has to fulfil besides

    /** A member, or the body itself. */
    private static final class Node {
        private final Map<String, Node> members = new LinkedHashMap<>();
        private final Set<String> required = new LinkedHashSet<>();
        private Optional<JsonObject> schema = Optional.empty();

        JsonObject schema() {
            if (members.isEmpty()) {
                return schema.orElseGet(JsonObject::new);
            }
            var properties = new JsonObject();
            members.forEach((name, member) -> properties.put(name, member.schema()));
            var object = new JsonObject().put("properties", properties);
            if (!required.isEmpty()) {
                object.put("required", new JsonArray(List.copyOf(required)));
            }
            // A pointer finds members of objects and items of lists alike: only names tell that it must be an object.
            return members.keySet().stream().allMatch(name -> name.matches("[0-9]+"))
                    ? object
                    : object.put("type", "object");
        }
    }

    void put(Source place, JsonObject schema) {
        var node = root;
        for (var name : names(place)) {
            node = node.members.computeIfAbsent(name, first -> new Node());
        }
        node.schema = Optional.of(schema);
    }

    /** One of them has a value; that no other has is not said, as a blank or null one is none. */
    void requireOneOf(List<Source> places) {
        if (places.size() == 1) {
            require(places.getFirst());
        } else {
            var one = new JsonArray();
            places.forEach(place -> one.add(nested(names(place), new JsonObject())));
            further.add(new JsonObject().put("anyOf", one));
        }
    }

    /** The condition of a case is met. */
    void require(Route.Condition when) {
        if (when.is().isPresent()) {
            further.add(nested(names(when.source()), condition(when)));
        } else {
            require(when.source());
        }
    }

    private void require(Source place) {
        var node = root;
        for (var name : names(place)) {
            node.required.add(name);
            node = node.members.computeIfAbsent(name, first -> new Node());
        }
    }

    JsonObject schema() {
        var schema = root.schema().put("type", "object");
        return further.isEmpty() ? schema : schema.put("allOf", further);
    }

    /** What a place must hold to meet a condition; what it says is compared as a text. */
    static JsonObject condition(Route.Condition when) {
        return when.is()
                .map(text -> {
                    var texts = new JsonArray().add(text);
                    if (text.equals("true") || text.equals("false")) {
                        texts.add(Boolean.valueOf(text));
                    } else if (text.matches("0|[1-9][0-9]{0,8}")) {
                        texts.add(Integer.valueOf(text));
                    }
                    return new JsonObject().put("enum", texts);
                })
                .orElseGet(JsonObject::new);
    }

    private static JsonObject nested(List<String> names, JsonObject leaf) {
        if (names.isEmpty()) {
            return leaf;
        }
        var name = names.getFirst();
        var inner = nested(names.subList(1, names.size()), leaf);
        var object = new JsonObject().put("required", new JsonArray().add(name));
        return inner.isEmpty() ? object : object.put("properties", new JsonObject().put(name, inner));
    }

    private static List<String> names(Source place) {
        return place instanceof Source.Body body
                ? List.of(body.pointer().substring(1).split("/", -1)).stream()
                        .map(name -> name.replace("~1", "/").replace("~0", "~"))
                        .toList()
                : List.of(place.field());
    }
}
