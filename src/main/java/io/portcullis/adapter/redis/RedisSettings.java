package io.portcullis.adapter.redis;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How Redis is reached. Where {@code ca} is empty, TLS trusts whom the JDK trusts; it is PEM text. Each prints itself hidden. */
public sealed interface RedisSettings {
    Optional<String> ca();

    /** Host and port of each server or sentinel that the config names, for messages. */
    default String addresses() {
        var urls = switch (this) {
            case Standalone one -> List.of(one.url());
            case Sentinel watched -> watched.sentinels();
            case Cluster cluster -> cluster.seeds();
        };
        return urls.stream().map(url -> url.node().toString()).collect(Collectors.joining(", "));
    }

    /** One server. */
    record Standalone(RedisUrl url, Optional<String> ca) implements RedisSettings {
        @Override
        public String toString() {
            return "Standalone[hidden]";
        }
    }

    /**
     * The server that its sentinels call the master.
     *
     * @param sentinels with the sentinels' own user and password, if they have any; TLS as for the servers
     * @param master the name under which the sentinels watch it
     * @param user of the servers; empty is {@code default}
     */
    record Sentinel(
            List<RedisUrl> sentinels,
            String master,
            Optional<String> user,
            Optional<String> password,
            Optional<String> ca)
            implements RedisSettings {
        public Sentinel {
            sentinels = List.copyOf(sentinels);
        }

        @Override
        public String toString() {
            return "Sentinel[hidden]";
        }
    }

    /**
     * Servers that share the keys.
     *
     * @param seeds some of them, which name the others; all take the user and password of the first
     */
    record Cluster(List<RedisUrl> seeds, Optional<String> ca) implements RedisSettings {
        public Cluster {
            seeds = List.copyOf(seeds);
        }

        @Override
        public String toString() {
            return "Cluster[hidden]";
        }
    }

    /** One server at a URL; throws {@code IllegalArgumentException} as {@link RedisUrl#of} does. */
    static RedisSettings at(String url) {
        return new Standalone(RedisUrl.of(url), Optional.empty());
    }
}
