package io.portcullis.dialect;

import io.portcullis.domain.error.ErrorCode;
import io.portcullis.yaml.ConfigProblem;
import io.portcullis.yaml.Nearest;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Schema;
import io.portcullis.yaml.Value;
import io.portcullis.yaml.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a dialect file holds: a dialect that is right as a whole, or everything that is wrong with it. */
public sealed interface DialectFile {
    record Valid(Dialect dialect) implements DialectFile {}

    /** Problems by place, at least one. */
    record Invalid(List<ConfigProblem> problems) implements DialectFile {}

    /** For editors, and for {@link #load}. */
    Schema SCHEMA = Schema.of("/dialect.schema.json");

    /** Stands in for a text that has no English. */
    Template.Phrase REPORTED = new Template.Phrase(Map.of("en", ""));

    /** Members that every error has. */
    Set<String> TAKEN = Set.of("success", "message", "error");

    /** Reads and checks one file. Throws nothing for anything that it may hold. */
    static DialectFile load(Path file) {
        var problems = new Problems(file);
        var root = YamlFile.plain(SCHEMA, problems).load(file);
        root.ifPresent(read -> checkName(read.at("name"), file, problems));
        var dialect = root.flatMap(read -> read(read, file.toString(), problems));
        return problems.none() ? new Valid(dialect.orElseThrow()) : new Invalid(problems.sorted());
    }

    private static void checkName(Value name, Path file, Problems problems) {
        name.optionalText().ifPresent(text -> {
            if (Dialects.OWN.contains(text) || Dialects.SHIPPED.contains(text)) {
                problems.add(name, "is the name of a dialect of the jar; choose another");
            } else if (!file.endsWith(text + ".yaml")) {
                problems.add(name, "is " + text + ", so the file must be called " + text + ".yaml; change one of both");
            }
        });
    }

    /** A file of the jar, which is right. */
    static Dialect builtIn(String name) {
        var file = "/dialects/" + name + ".yaml";
        try (var stream = Objects.requireNonNull(DialectFile.class.getResourceAsStream(file), file)) {
            var problems = new Problems(Path.of(file));
            var dialect = YamlFile.plain(SCHEMA, problems)
                    .read(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .flatMap(root -> read(root, name, problems));
            if (!problems.none()) {
                throw new IllegalStateException(problems.sorted().toString());
            }
            return dialect.orElseThrow();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Optional<Dialect> read(Value root, String file, Problems problems) {
        var phrases = new LinkedHashMap<String, Template.Phrase>();
        root.at("texts")
                .members()
                .forEach((name, value) -> phrases.put(name, phrase(value).orElse(REPORTED)));
        var templates = new TemplateReader(phrases, problems);
        var errors = errors(root.at("errors"), templates, problems);
        var reader = new RouteReader(Catalogue.OPERATIONS, templates, problems);
        var base = root.at("base").optionalText();
        var routes = new ArrayList<Route>();
        root.at("routes")
                .items()
                .forEach(value -> base.flatMap(path -> reader.read(path, value)).ifPresent(route -> {
                    Dialects.sameRequests(routes, route)
                            .ifPresent(earlier -> problems.add(value, Dialects.sameAs(route, earlier)));
                    routes.add(route);
                }));
        return root.at("name").optionalText().map(name -> new Dialect(name, file, base.orElse(""), routes, errors));
    }

    private static Optional<Template.Phrase> phrase(Value value) {
        var byLanguage = value.members().entrySet().stream()
                .filter(entry -> entry.getValue().readable())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().text()));
        return byLanguage.containsKey("en") ? Optional.of(new Template.Phrase(byLanguage)) : Optional.empty();
    }

    private static Dialect.Errors errors(Value section, TemplateReader templates, Problems problems) {
        var members = new LinkedHashMap<String, Template>();
        section.at("members").members().forEach((name, value) -> {
            if (TAKEN.contains(name)) {
                problems.add(value, "every error has " + name + " already; choose another name");
            }
            members.put(name, templates.read(value, Catalogue.OPERATIONS.error(), "an error"));
        });
        var codes = Stream.of(ErrorCode.values()).map(ErrorCode::wire).toList();
        var texts = new LinkedHashMap<String, Dialect.ErrorText>();
        section.at("texts").members().forEach((code, value) -> {
            if (!codes.contains(code)) {
                problems.add(
                        value,
                        "there is no error " + code
                                + Nearest.to(code, codes)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("; docs/errors.md has them all"));
            }
            texts.put(code, new Dialect.ErrorText(phrase(value.at("message")), phrase(value.at("detail"))));
        });
        return new Dialect.Errors(members, texts);
    }
}
