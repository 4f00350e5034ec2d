package io.portcullis.dialect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Objects;

/**
 * What a template makes, as JSON Schema.
 *
 * @param optional whether it may make nothing, so that its member is left out
 */
record TemplateSchema(JsonObject schema, boolean optional) {
    /** {@code values}: the shape that the template's references are held against. */
    static TemplateSchema of(Template template, Shape values) {
        return switch (template) {
            case Template.Literal literal -> always(new JsonObject().put("const", literal.value()));
            case Template.Phrase phrase ->
                always(new JsonObject()
                        .put("type", "string")
                        .put("examples", new JsonArray().add(phrase.in(java.util.Locale.ENGLISH))));
            case Template.Reference reference ->
                values.at(reference.path())
                        .map(member -> new TemplateSchema(member.shape().schema(), member.optional()))
                        .orElseThrow(() -> new IllegalStateException(reference + " was checked when it was read"));
            case Template.Members object -> members(object, values);
            case Template.Items list -> items(list, values);
        };
    }

    private static TemplateSchema members(Template.Members object, Shape values) {
        var properties = new JsonObject();
        var required = new JsonArray();
        object.members().forEach((name, template) -> {
            var member = of(template, values);
            properties.put(name, member.schema());
            if (!member.optional()) {
                required.add(name);
            }
        });
        return always(Shape.object(properties, required));
    }

    private static TemplateSchema items(Template.Items list, Shape values) {
        var items = list.items().stream().map(item -> of(item, values)).toList();
        var schemas =
                new LinkedHashSet<>(items.stream().map(TemplateSchema::schema).toList());
        return always(new JsonObject()
                .put("type", "array")
                .put("items", OpenApiAnswers.anyOf(schemas))
                .put("minItems", items.stream().filter(item -> !item.optional()).count())
                .put("maxItems", items.size()));
    }

    private static TemplateSchema always(JsonObject schema) {
        return new TemplateSchema(Objects.requireNonNull(schema), false);
    }
}
