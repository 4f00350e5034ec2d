package io.portcullis.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** One YAML file, read and held against a schema. Nothing that it may hold makes this throw. */
public final class YamlFile {
    private final Schema schema;
    private final Substitution substitution;
    private final Problems problems;

    private YamlFile(Schema schema, Substitution substitution, Problems problems) {
        this.schema = schema;
        this.substitution = substitution;
        this.problems = problems;
    }

    /**
     * A file with placeholders: <code>${NAME}</code>, <code>${NAME:-default}</code>, <code>${file:PATH}</code>.
     *
     * @param folder where relative paths start
     */
    public static YamlFile withPlaceholders(
            Schema schema, Path folder, Map<String, String> environment, Problems problems) {
        return new YamlFile(schema, new FromOutside(folder, environment), problems);
    }

    /** A file whose texts stand for themselves. */
    public static YamlFile plain(Schema schema, Problems problems) {
        return new YamlFile(schema, Substitution.NONE, problems);
    }

    /** The file's root; empty when there is none, with the reason among the problems. */
    public Optional<Value> load(Path file) {
        return text(file).flatMap(this::read);
    }

    /** The same for the text of a file. */
    public Optional<Value> read(String text) {
        return new YamlReader(String.join(", ", schema.required()), problems)
                .read(text)
                .map(tree -> new SchemaCheck(substitution, problems).check(schema, tree, ""));
    }

    private Optional<String> text(Path file) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (NoSuchFileException missing) {
            problems.add(Place.START, "", "there is no such file; check the path");
        } catch (CharacterCodingException notText) {
            problems.add(Place.START, "", "is not text in UTF-8");
        } catch (IOException unreadable) {
            problems.add(Place.START, "", "cannot be read; check that it is a file and its permissions");
        }
        return Optional.empty();
    }
}
