package io.portcullis.config;

import io.portcullis.yaml.Schema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** {@code docs/configuration.md}, made from the schema: a section for each top-level key, a table of the keys below it. */
final class ConfigurationReference {
    private static final String HEAD = """
            # The config file

            Made from `src/main/resources/portcullis.schema.json` by `mvn -q test -Dtest=ConfigurationReferenceTest -Dupdate=true`;
            change the schema, not this page.

            - One YAML file (the core schema of YAML 1.2: `no` is a text). Unknown keys are errors, and so is a key given twice.
            - `${NAME}` is replaced by an environment variable, `${NAME:-default}` has a default for one that is unset or empty,
              `${file:PATH}` is the content of a file without its last line end; a relative path starts at the folder of the
              config file. They work in any value; `$${` stands for `${` itself. What is put in is not looked at again, and no
              message ever shows a value.
            - Durations are `500ms`, `30s`, `10m`, `12h`, `7d`; sizes are `512B`, `64KiB`, `10MiB`; places in bodies are JSON pointers
              (RFC 6901).
            - `portcullis check --config FILE` names every problem at once, each with its place.
            - A key marked *not supported yet* is refused by name.
            - Editors complete and check the file by the schema; with the YAML language server, by the first line
              `# yaml-language-server: $schema=PATH`, where PATH leads to a copy of `portcullis.schema.json`.
            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    static String page() {
        var reference = new ConfigurationReference();
        var root = ConfigFile.SCHEMA;
        for (var key : root.keys()) {
            reference.section(
                    key, root.member(key).orElseThrow(), root.required().contains(key));
        }
        return reference.page.toString();
    }

    private void section(String key, Schema schema, boolean required) {
        page.append("\n## `").append(key).append("`\n\n").append(meaning(schema));
        page.append(required ? " Must be given.\n" : "\n");
        if (schema.type().equals("array") && !schema.items().choices().isEmpty() && isMapping(first(schema.items()))) {
            for (var choice : schema.items().choices()) {
                var type = choice.member("type").flatMap(Schema::constant).orElseThrow();
                page.append("\n### `type: ")
                        .append(type)
                        .append("`\n\n")
                        .append(meaning(choice))
                        .append("\n");
                table(choice);
            }
        } else if (schema.type().equals("array") && isMapping(schema.items())) {
            table(schema.items());
        } else if (isMapping(schema)) {
            table(schema);
        } else {
            page.append("\nForm: ")
                    .append(form(schema))
                    .append(". Default: ")
                    .append(byDefault(schema, false))
                    .append(".\n");
        }
    }

    private void table(Schema schema) {
        page.append("\n| key | form | default | meaning |\n|---|---|---|---|\n");
        rows(schema, "");
    }

    private void rows(Schema schema, String prefix) {
        for (var key : schema.keys()) {
            row(
                    prefix + key,
                    schema.member(key).orElseThrow(),
                    schema.required().contains(key));
        }
        if (schema.keys().isEmpty()) {
            schema.anyMember().ifPresent(any -> row(prefix + "NAME", any, false));
        }
    }

    private void row(String name, Schema schema, boolean required) {
        page.append("| `").append(name).append("` | ").append(cell(form(schema)));
        page.append(" | ").append(cell(byDefault(schema, required)));
        page.append(" | ").append(cell(meaning(schema))).append(" |\n");
        if (isMapping(schema)) {
            rows(schema, name + ".");
        }
    }

    private static String meaning(Schema schema) {
        return (schema.supported() ? "" : "*Not supported yet.* ") + schema.description();
    }

    private static String form(Schema schema) {
        if (isMapping(schema)) {
            return "a mapping";
        } else if (schema.constant().isPresent()) {
            return '`' + schema.constant().get() + '`';
        } else if (schema.type().equals("array")) {
            return "a list: " + form(schema.items());
        } else if (schema.choices().isEmpty() || first(schema).constant().isEmpty()) {
            return schema.form();
        }
        var choices = new StringBuilder();
        for (var choice : schema.choices()) {
            choices.append(choices.isEmpty() ? "`" : ", `")
                    .append(choice.constant().orElseThrow())
                    .append('`');
            var said = choice.description();
            var all = said + (choice.supported() ? "" : "not supported yet");
            choices.append(all.isEmpty() ? "" : " (" + all + ")");
        }
        return choices.toString();
    }

    private static String byDefault(Schema schema, boolean required) {
        if (required) {
            return "must be given";
        }
        var value = schema.byDefault().orElse("");
        if (value instanceof JsonArray list) {
            return list.isEmpty() ? "none" : '`' + list.encode() + '`';
        }
        return value instanceof JsonObject || value.equals("") ? "" : "`" + value + '`';
    }

    private static boolean isMapping(Schema schema) {
        return schema.type().equals("object");
    }

    private static Schema first(Schema schema) {
        return schema.choices().getFirst();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
