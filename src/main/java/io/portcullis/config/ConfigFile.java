package io.portcullis.config;

import io.portcullis.yaml.ConfigProblem;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Schema;
import io.portcullis.yaml.YamlFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a config file holds: settings that are right as a whole, or everything that is wrong with it. */
public sealed interface ConfigFile {
    /** For editors, and for {@link #load}. */
    Schema SCHEMA = Schema.of("/portcullis.schema.json");

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
        var settings = YamlFile.withPlaceholders(SCHEMA, folder, environment, problems)
                .load(file)
                .flatMap(root -> new Binder(root, folder, problems).settings());
        return problems.none() ? new Valid(settings.orElseThrow()) : new Invalid(problems.sorted());
    }
}
