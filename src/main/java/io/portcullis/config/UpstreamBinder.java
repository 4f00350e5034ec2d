package io.portcullis.config;

import io.portcullis.proxy.UpstreamSettings;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code upstreams}. */
final class UpstreamBinder {
    /** The schema has seen to the form. A host name may have the underscore that {@code java.net.URI} refuses. */
    private static final Pattern URL = Pattern.compile("http://(?:\\[([^\\]]+)\\]|([^:/]+))(?::(\\d+))?/?");

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
        return problems.settings(root, section, () -> {
            var url = URL.matcher(section.at("url").text());
            if (!url.matches()) {
                throw new IllegalStateException("the schema allows only http://HOST:PORT");
            }
            return new UpstreamSettings(
                    name,
                    url.group(1) == null ? url.group(2) : url.group(1),
                    port(url, section.at("url")),
                    section.at("timeout").duration(),
                    section.at("connectTimeout").duration(),
                    section.at("maxConnections").number(),
                    section.at("host").text().equals("keep"));
        });
    }

    private int port(Matcher url, Value value) {
        int port = url.group(3) == null ? 80 : Integer.parseInt(url.group(3));
        if (port < 1 || port > 65535) {
            problems.add(value, "has a port from 1 to 65535");
        }
        return port;
    }
}
