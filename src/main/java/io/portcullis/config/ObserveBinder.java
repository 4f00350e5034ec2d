package io.portcullis.config;

import io.portcullis.observe.AccessLogSettings;
import io.portcullis.observe.TracingSettings;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code accessLog} and {@code tracing}. */
final class ObserveBinder {
    private static final String STANDARD_OUTPUT = "-";

    private final Value root;
    private final Path folder;
    private final Problems problems;

    /** {@code folder}: of the config file. */
    ObserveBinder(Value root, Path folder, Problems problems) {
        this.root = root;
        this.folder = folder;
        this.problems = problems;
    }

    /** Empty when there is none, or a faulty one. */
    Optional<AccessLogSettings> accessLog() {
        var section = root.at("accessLog");
        return section.given()
                ? problems.settings(root, section, () -> new AccessLogSettings(file(section.at("file"))))
                : Optional.empty();
    }

    private Optional<Path> file(Value value) {
        var text = value.text();
        if (text.equals(STANDARD_OUTPUT)) {
            return Optional.empty();
        }
        var path = folder.resolve(text);
        var parent = path.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent) || Files.isDirectory(path)) {
            problems.add(value, "is a file in a folder that is there, or - for standard output");
        }
        return Optional.of(path);
    }

    /** Empty when there is none, or a faulty one. */
    Optional<TracingSettings> tracing() {
        var section = root.at("tracing");
        return section.given()
                ? problems.settings(
                        root,
                        section,
                        () -> new TracingSettings(
                                endpoint(section.at("endpoint")),
                                section.at("percent").number(),
                                section.at("serviceName").text()))
                : Optional.empty();
    }

    private URI endpoint(Value value) {
        try {
            var url = new URI(value.text());
            if (url.getHost() != null && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException noUrl) {
            problems.add(value, "is no URL; write one such as http://127.0.0.1:4318/v1/traces");
            return URI.create("http://127.0.0.1");
        }
        problems.add(value, "names a host and no user; write one such as http://127.0.0.1:4318/v1/traces");
        return URI.create("http://127.0.0.1");
    }
}
