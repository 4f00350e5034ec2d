package io.portcullis.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a config file holds: settings that are right as a whole, or everything that is wrong with it. */
public sealed interface ConfigFile {
    record Valid(Settings settings) implements ConfigFile {}

    /** Problems by place, at least one. */
    record Invalid(List<ConfigProblem> problems) implements ConfigFile {}

    /**
     * Reads, checks and binds one file. Throws nothing for anything that the file, the environment or a file it names
     * may hold.
     *
     * @param environment what <code>${NAME}</code> stands for
     */
    static ConfigFile load(Path file, Map<String, String> environment) {
        var problems = new Problems(file);
        var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        var check = new SchemaCheck(new Substitution(folder, environment), problems);
        var settings = text(file, problems)
                .flatMap(text -> new YamlReader(problems).read(text))
                .map(tree -> check.check(Schema.root(), tree, ""))
                .flatMap(root -> new Binder(root, problems).settings());
        return problems.none() ? new Valid(settings.orElseThrow()) : new Invalid(problems.sorted());
    }

    private static Optional<String> text(Path file, Problems problems) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (NoSuchFileException missing) {
            problems.add(Place.START, "", "there is no such file; name it with --config FILE");
        } catch (CharacterCodingException notText) {
            problems.add(Place.START, "", "is not text in UTF-8");
        } catch (IOException unreadable) {
            problems.add(Place.START, "", "cannot be read; check that it is a file and its permissions");
        }
        return Optional.empty();
    }
}
