package io.portcullis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What holds for every text that somebody may write into a dialect file: it is right, or a problem says what is wrong. */
final class DialectProperties {
    /** Where the text stands, as a YAML text in quotes. */
    private static final List<String> PLACES = List.of(
            "name: own\nbase: /own\nroutes:\n  - { method: GET, path: /a, operation: me, answers: { me: { body: { a: %s } } } }\n",
            "name: own\nbase: /own\nroutes:\n  - { method: GET, path: /a, operation: me, answers: { me: { headers: { X-A: %s } } } }\n",
            "name: own\nbase: /own\nroutes:\n  - { method: GET, path: %s, operation: me }\n",
            "name: own\nbase: %s\nroutes:\n  - { method: GET, path: /a, operation: me }\n",
            "name: own\nbase: /own\nroutes:\n  - { method: POST, path: /a, operation: setup-confirm, arguments: { code: %s } }\n",
            "name: own\nbase: /own\nerrors: { members: { a: %s } }\nroutes:\n  - { method: GET, path: /a, operation: me }\n");

    private DialectProperties() {}

    /** Fails when something does not hold. {@code folder} gets a file {@code own.yaml}. */
    static void hold(Path folder, String text) {
        load(folder, text);
        var quoted = Json.encode(text);
        for (var place : PLACES) {
            load(folder, place.replace("%s", quoted));
        }
        Source.parse(text).ifPresent(source -> assertThat(source.field()).isNotNull());
        try {
            var template = PathTemplate.of(text);
            assertThat(template.names()).doesNotHaveDuplicates();
            template.match(text).ifPresent(values -> assertThat(values).hasSameSizeAs(template.names()));
            assertThat(template.overlaps(template)).isTrue();
            assertThat(template.pattern() + template.prefix()).doesNotContain("{");
        } catch (IllegalArgumentException named) {
            assertThat(named).hasMessageContaining(text);
        }
    }

    /** A dialect that loads also answers, whatever the values are. */
    private static void load(Path folder, String yaml) {
        Path file;
        try {
            file = Files.writeString(folder.resolve("own.yaml"), yaml);
        } catch (IOException unwritable) { // also of half a surrogate pair
            return;
        }
        switch (DialectFile.load(file)) {
            case DialectFile.Invalid invalid ->
                assertThat(invalid.problems())
                        .isNotEmpty()
                        .allSatisfy(problem -> assertThat(problem.toString()).isNotBlank());
            case DialectFile.Valid valid -> render(valid.dialect());
        }
    }

    private static void render(Dialect dialect) {
        for (var route : dialect.routes()) {
            for (var one : route.cases()) {
                one.answers()
                        .values()
                        .forEach(answer ->
                                answer.body().ifPresent(body -> body.render(new JsonObject(), Locale.FRENCH)));
            }
        }
    }

    /** A folder for {@link #hold}, in memory where there is one. */
    static Path folder() {
        try {
            var memory = Path.of("/dev/shm");
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "dialects")
                    : Files.createTempDirectory("dialects");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
