package io.portcullis.config;

import io.portcullis.proxy.HealthSettings;
import io.portcullis.proxy.UpstreamSettings;
import io.portcullis.proxy.UpstreamSettings.Target;
import io.portcullis.proxy.UpstreamSettings.Tls;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code upstreams}. */
final class UpstreamBinder {
    /** The schema has seen to the form. A host name may have the underscore that {@code java.net.URI} refuses. */
    private static final Pattern URL = Pattern.compile("(https?)://(?:\\[([^\\]]+)\\]|([^:/]+))(?::(\\d+))?/?");

    private final Value root;
    private final Problems problems;

    UpstreamBinder(Value root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    List<UpstreamSettings> settings() {
        var upstreams = new ArrayList<UpstreamSettings>();
        root.at("upstreams")
                .members()
                .forEach((name, section) -> upstream(name, section).ifPresent(upstreams::add));
        return upstreams;
    }

    private Optional<UpstreamSettings> upstream(String name, Value section) {
        if (section.at("url").given() == section.at("targets").given()) {
            problems.add(
                    section.at("url").given() ? section.at("targets") : section,
                    "give either url, or targets where there are several that serve alike");
            return Optional.empty();
        }
        var urls = urls(section);
        var tls = tls(section, urls);
        return problems.settings(
                root,
                section,
                () -> new UpstreamSettings(
                        name,
                        targets(section),
                        tls,
                        section.at("timeout").duration(),
                        section.at("bodyRate").bytes(),
                        section.at("connectTimeout").duration(),
                        section.at("maxConnections").number(),
                        section.at("host").text().equals("keep"),
                        section.at("retries").number(),
                        health(section.at("health"))));
    }

    /** Those that can be read. */
    private static List<Value> urls(Value section) {
        var one = section.at("url");
        var urls = one.given()
                ? List.of(one)
                : section.at("targets").items().stream()
                        .map(item -> item.at("url"))
                        .toList();
        return urls.stream().filter(Value::readable).toList();
    }

    private Optional<Tls> tls(Value section, List<Value> urls) {
        boolean https = !urls.isEmpty() && isHttps(urls.getFirst());
        urls.stream()
                .filter(url -> isHttps(url) != https)
                .forEach(url -> problems.add(url, "is not of the scheme of the first target; use one for all"));
        for (var key : List.of("ca", "serverName")) {
            if (section.at(key).given() && !urls.isEmpty() && !https) {
                problems.add(section.at(key), "counts only with https; leave it out");
            }
        }
        section.at("serverName")
                .optionalText()
                .filter(name -> name.indexOf(':') >= 0 || name.matches("[0-9.]+"))
                .ifPresent(address -> problems.add(section.at("serverName"), "is a name, not an address"));
        var ca = SourceUrl.authority(section.at("ca"), problems);
        return https ? Optional.of(new Tls(ca, section.at("serverName").optionalText())) : Optional.empty();
    }

    private static boolean isHttps(Value url) {
        return url.text().startsWith("https:");
    }

    private List<Target> targets(Value section) {
        return section.at("url").given()
                ? List.of(target(section.at("url"), 1))
                : section.at("targets").items().stream().map(this::target).toList();
    }

    private Target target(Value item) {
        return problems.settings(
                        root,
                        item,
                        () -> target(item.at("url"), item.at("weight").number()))
                .orElseThrow(Value.Unreadable::new);
    }

    private Target target(Value value, int weight) {
        var url = URL.matcher(value.text());
        if (!url.matches()) {
            throw new IllegalStateException("the schema allows only http://HOST:PORT and https://HOST:PORT");
        }
        return new Target(url.group(2) == null ? url.group(3) : url.group(2), port(url, value), weight);
    }

    private int port(Matcher url, Value value) {
        int usual = url.group(1).equals("https") ? 443 : 80;
        int port = url.group(4) == null ? usual : Integer.parseInt(url.group(4));
        if (port < 1 || port > 65535) {
            problems.add(value, "has a port from 1 to 65535");
        }
        return port;
    }

    private static HealthSettings health(Value section) {
        var passive = section.at("passive");
        var active = section.at("active");
        return new HealthSettings(
                new HealthSettings.Passive(
                        passive.at("failures").number(), passive.at("ejectFor").duration()),
                active.given() ? Optional.of(active(active)) : Optional.empty());
    }

    private static Duration timeout(Value value, Duration interval) {
        boolean shorter = !value.given() && interval.compareTo(value.duration()) < 0;
        return shorter ? interval : value.duration();
    }

    private static HealthSettings.Active active(Value section) {
        return new HealthSettings.Active(
                section.at("path").text(),
                section.at("interval").duration(),
                timeout(section.at("timeout"), section.at("interval").duration()),
                section.at("healthy").number(),
                section.at("unhealthy").number(),
                section.at("status").items().stream()
                        .filter(Value::readable)
                        .map(Value::number)
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
