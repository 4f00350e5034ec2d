package io.portcullis.config;

import io.portcullis.dialect.Dialect;
import io.portcullis.dialect.DialectFile;
import io.portcullis.dialect.Dialects;
import io.portcullis.yaml.Nearest;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The dialects that a config file names: those of the jar, and those in {@code dialects/} beside the config file. */
final class DialectBinder {
    private final Value root;
    private final Value section;
    private final Path folder;
    private final Problems problems;

    /** {@code folder}: of the config file. */
    DialectBinder(Value root, Path folder, Problems problems) {
        this.root = root;
        this.section = root.at("dialects");
        this.folder = folder.resolve("dialects");
        this.problems = problems;
    }

    List<Dialect> dialects() {
        var dialects = new LinkedHashMap<Value, Dialect>();
        var names = new HashSet<String>();
        for (var item : section.items()) {
            item.optionalText().ifPresent(name -> {
                if (!names.add(name)) {
                    problems.add(item, "is named twice; keep one");
                } else {
                    dialect(item, name).ifPresent(dialect -> dialects.put(item, dialect));
                }
            });
        }
        new DialectCrossCheck(root, problems).check(dialects);
        return List.copyOf(dialects.values());
    }

    private Optional<Dialect> dialect(Value item, String name) {
        var file = folder.resolve(name + ".yaml");
        boolean shipped = Dialects.SHIPPED.contains(name);
        if (Dialects.OWN.contains(name)) {
            problems.add(item, "is the gateway's own, and always served; leave it out");
            return Optional.empty();
        } else if (shipped && Files.exists(file)) {
            problems.add(
                    item, "is a dialect of the jar, and there is " + shown(name) + " too; give that file another name");
            return Optional.empty();
        } else if (shipped) {
            return Optional.of(DialectFile.builtIn(name));
        } else if (!Files.exists(file)) {
            problems.add(item, unknown(name));
            return Optional.empty();
        }
        return switch (DialectFile.load(file)) {
            case DialectFile.Valid valid -> Optional.of(valid.dialect());
            case DialectFile.Invalid invalid -> {
                problems.addAll(invalid.problems());
                yield Optional.empty();
            }
        };
    }

    private static String unknown(String name) {
        return Nearest.to(name, Dialects.SHIPPED)
                .map(near -> "there is no such dialect; did you mean " + near + "?")
                .orElseGet(() -> "there is no such dialect; the jar has " + String.join(", ", Dialects.SHIPPED)
                        + ", and a file of your own would be " + shown(name));
    }

    private static String shown(String name) {
        return "dialects/" + name + ".yaml beside this file";
    }
}
