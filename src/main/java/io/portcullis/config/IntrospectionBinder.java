package io.portcullis.config;

import io.portcullis.adapter.identity.IntrospectionSettings;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;

/** {@code identity}, type {@code introspection}. */
final class IntrospectionBinder {
    private final Problems problems;

    IntrospectionBinder(Problems problems) {
        this.problems = problems;
    }

    IntrospectionSettings settings(Value section) {
        var claims = section.at("claims");
        return new IntrospectionSettings(
                section.at("name").text(),
                IdentityBinder.realm(section),
                SourceUrl.of(section.at("url"), problems),
                SourceUrl.authority(section.at("ca"), problems),
                section.at("cookie").optionalText(),
                section.at("cache").duration(),
                section.at("timeout").duration(),
                new IntrospectionSettings.Claims(
                        claims.at("subject").text(),
                        claims.at("email").text(),
                        claims.at("role").text()));
    }
}
