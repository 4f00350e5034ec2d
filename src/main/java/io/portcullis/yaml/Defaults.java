package io.portcullis.yaml;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the schema puts where the file says nothing. A mapping whose default is empty is made of its keys' defaults. */
final class Defaults {
    void fill(Map<String, Value> members, Schema schema, Place place, String pointer) {
        for (var key : schema.keys()) {
            var member = schema.member(key).orElseThrow();
            if (!members.containsKey(key) && member.supported()) {
                of(member, place, Pointers.child(pointer, key)).ifPresent(value -> members.put(key, value));
            }
        }
    }

    /** @param place where a problem with the default is shown: that of the mapping which could have the key */
    Optional<Value> of(Schema schema, Place place, String pointer) {
        return schema.byDefault().map(json -> Value.byDefault(place, pointer, content(json, schema, place, pointer)));
    }

    private Object content(Object json, Schema schema, Place place, String pointer) {
        return switch (json) {
            case JsonObject ignored -> {
                var members = new LinkedHashMap<String, Value>();
                fill(members, schema, place, pointer);
                yield members;
            }
            case JsonArray array -> {
                var items = new ArrayList<Value>();
                for (var item : array) {
                    items.add(Value.byDefault(place, Pointers.child(pointer, items.size()), item));
                }
                yield items;
            }
            case Number number -> number.longValue();
            default -> json;
        };
    }
}
