package io.portcullis.config;

import io.portcullis.adapter.redis.RedisSettings;
import io.portcullis.adapter.redis.RedisUrl;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code redis}. */
final class RedisBinder {
    private final Value section;
    private final Problems problems;

    RedisBinder(Value root, Problems problems) {
        this.section = root.at("redis");
        this.problems = problems;
    }

    /** Empty when there are problems, which have been told. */
    Optional<RedisSettings> settings() {
        var mode = section.at("mode").optionalText();
        if (mode.isEmpty()) {
            return Optional.empty();
        }
        var url = section.at("url");
        var urls = urls(url);
        var ca = SourceUrl.authority(section.at("ca"), problems);
        if (section.at("ca").given() && urls.stream().noneMatch(RedisUrl::tls)) {
            problems.add(section.at("ca"), "is for TLS; write rediss:// in url, or remove it");
        }
        if (urls.isEmpty()) {
            return Optional.empty();
        }
        return switch (mode.get()) {
            case "sentinel" -> sentinel(urls, ca);
            case "cluster" -> cluster(url, urls, ca);
            default -> standalone(url, urls, ca);
        };
    }

    private List<RedisUrl> urls(Value url) {
        var urls = new ArrayList<RedisUrl>();
        for (var one : url.isList() ? url.items() : List.of(url)) {
            one.optionalText().flatMap(text -> read(one, text)).ifPresent(urls::add);
        }
        for (int i = 1; i < urls.size(); i++) {
            if (urls.get(i).tls() != urls.getFirst().tls()) {
                problems.add(url, "has both redis:// and rediss://; use TLS for all of them, or for none");
                break;
            }
        }
        return urls;
    }

    private Optional<RedisUrl> read(Value value, String text) {
        try {
            return Optional.of(RedisUrl.of(text));
        } catch (IllegalArgumentException wrong) {
            problems.add(
                    value,
                    "must be redis://:PASSWORD@HOST:PORT, or rediss:// for TLS, special characters of the password"
                            + " percent-encoded");
            return Optional.empty();
        }
    }

    private Optional<RedisSettings> standalone(Value url, List<RedisUrl> urls, Optional<String> ca) {
        if (url.isList()) {
            problems.add(url, "lists several addresses; say by mode whether they are a sentinel or a cluster");
        }
        ofSentinelAlone();
        return Optional.of(new RedisSettings.Standalone(urls.getFirst(), ca));
    }

    private Optional<RedisSettings> sentinel(List<RedisUrl> urls, Optional<String> ca) {
        var master = section.at("master");
        if (!master.given()) {
            problems.add(section, "needs master, the name under which the sentinels watch the servers");
        }
        if (section.at("user").given() && !section.at("password").given()) {
            problems.add(section.at("user"), "needs password, too");
        }
        noDatabase(urls);
        return master.optionalText()
                .map(name -> new RedisSettings.Sentinel(
                        urls,
                        name,
                        section.at("user").optionalText(),
                        section.at("password").optionalText(),
                        ca));
    }

    private Optional<RedisSettings> cluster(Value url, List<RedisUrl> urls, Optional<String> ca) {
        ofSentinelAlone();
        noDatabase(urls);
        if (!urls.stream().allMatch(urls.getFirst()::sameAccess)) {
            problems.add(url, "must have the same user and password in each address: so have all servers of a cluster");
        }
        return Optional.of(new RedisSettings.Cluster(urls, ca));
    }

    private void ofSentinelAlone() {
        for (var key : List.of("master", "user", "password")) {
            if (section.at(key).given()) {
                problems.add(section.at(key), "is for mode: sentinel; remove it");
            }
        }
    }

    private void noDatabase(List<RedisUrl> urls) {
        if (urls.stream().anyMatch(RedisUrl::namesDatabase)) {
            problems.add(section.at("url"), "names a database; with sentinel or cluster there is only the first");
        }
    }
}
