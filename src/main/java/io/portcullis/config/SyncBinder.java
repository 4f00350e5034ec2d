package io.portcullis.config;

import io.portcullis.adapter.postgres.PostgresUrl;
import io.portcullis.adapter.sync.SyncSettings;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code sync}. */
final class SyncBinder {
    private final Value root;
    private final Problems problems;

    SyncBinder(Value root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    /** Those that are right, in the order of the file. */
    List<SyncSettings> settings() {
        var realms = realms();
        return root.at("sync").members().entrySet().stream()
                .<SyncSettings>flatMap(entry -> one(entry, realms).stream())
                .toList();
    }

    private Optional<? extends SyncSettings> one(Map.Entry<String, Value> entry, Set<String> realms) {
        var realm = entry.getKey();
        var section = entry.getValue();
        if (!section.readable()) {
            return Optional.empty();
        }
        if (!realms.contains(realm)) {
            problems.add(section, "is for a realm that no identity source has");
        }
        boolean url = section.at("url").given();
        if (url == section.at("webhook").given()) {
            problems.add(
                    url ? section.at("webhook") : section,
                    "give either url and sql, for a statement on the legacy database, or webhook and secret");
            return Optional.empty();
        }
        return url ? sql(realm, section) : webhook(realm, section);
    }

    private Optional<SyncSettings.Sql> sql(String realm, Value section) {
        unused(section, "secret", "webhook");
        needed(section, "sql", "must be the statement, such as UPDATE admins SET two_fa_enabled = $1 WHERE id = $2");
        var url = section.at("url").optionalText().flatMap(text -> postgres(section.at("url"), text));
        return url.flatMap(database -> problems.settings(
                root,
                section,
                () -> new SyncSettings.Sql(realm, database, section.at("sql").text())));
    }

    private Optional<PostgresUrl> postgres(Value value, String text) {
        try {
            return Optional.of(PostgresUrl.of(text));
        } catch (IllegalArgumentException wrong) {
            problems.add(value, String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<SyncSettings.Webhook> webhook(String realm, Value section) {
        unused(section, "sql", "url");
        needed(section, "secret", "must be the key that signs what is sent, at least 32 random characters");
        var webhook = section.at("webhook").optionalText().flatMap(text -> url(section.at("webhook"), text));
        return webhook.flatMap(url -> problems.settings(
                root,
                section,
                () -> new SyncSettings.Webhook(realm, url, section.at("secret").text())));
    }

    private Optional<URI> url(Value value, String text) {
        try {
            var url = new URI(text);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (http && url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException noUrl) {
            // told below
        }
        problems.add(value, "must be an http or https URL with a host, without user, password or #");
        return Optional.empty();
    }

    private void needed(Value section, String key, String form) {
        if (!section.at(key).given()) {
            problems.add(section.place(), section.at(key).pointer(), "is missing; " + form);
        }
    }

    private void unused(Value section, String key, String of) {
        if (section.at(key).given()) {
            problems.add(section.at(key), "goes with " + of + "; leave it out");
        }
    }

    private Set<String> realms() {
        return root.at("identity").items().stream().flatMap(SyncBinder::realms).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> realms(Value source) {
        return source.at("realms").given()
                ? source.at("realms").texts().stream()
                : source.at("realm").optionalText().or(() -> source.at("name").optionalText()).stream();
    }
}
