package io.portcullis.config;

import io.portcullis.domain.directory.DirectorySettings;
import io.portcullis.yaml.Value;

/** {@code identity}, type {@code directory}. */
final class DirectoryBinder {
    private DirectoryBinder() {}

    static DirectorySettings settings(Value section) {
        return new DirectorySettings(
                section.at("name").text(),
                IdentityBinder.realm(section),
                section.at("url").text(),
                section.at("query").text(),
                section.at("cache").duration());
    }
}
