package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.redis.RedisSettings;
import io.portcullis.adapter.redis.RedisUrl;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One Redis, sentinels, or a cluster. */
class RedisConfigTest {
    private static final String REST = Configs.LEAST + "postgres: { url: postgresql://u:p@db/portcullis }\n"
            + "secrets: { encryption: \"{}\", pepper: \"" + Configs.SECRET + "\" }\n";

    @TempDir
    Path folder;

    private RedisSettings valid(String redis) {
        return Configs.valid(folder, REST + "redis: " + redis + "\n", Map.of())
                .stores()
                .orElseThrow()
                .redis();
    }

    @Test
    void eachOfTheThree() {
        assertThat(valid("{ url: redis://h }")).isEqualTo(RedisSettings.at("redis://h"));
        assertThat(valid("{ url: ['rediss://h'] , mode: cluster }"))
                .isEqualTo(new RedisSettings.Cluster(List.of(RedisUrl.of("rediss://h")), Optional.empty()));
        assertThat(valid("{ url: ['redis://:s@a:26379', 'redis://b:26379'], mode: sentinel, master: m, password: p }"))
                .isEqualTo(new RedisSettings.Sentinel(
                        List.of(RedisUrl.of("redis://:s@a:26379"), RedisUrl.of("redis://b:26379")),
                        "m",
                        Optional.empty(),
                        Optional.of("p"),
                        Optional.empty()));
    }

    @Test
    void noneTellsItsPassword() {
        assertThat(valid("{ url: 'redis://:hunter2@a', mode: cluster }").toString())
                .doesNotContain("hunter2");
        assertThat(valid("{ url: 'redis://:hunter2@a', mode: sentinel, master: m, password: hunter2 }")
                        .toString())
                .doesNotContain("hunter2");
        assertThat(RedisUrl.of("redis://:hunter2@a").toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ url: ['redis://a', 'redis://b'] } | 8:15: /redis/url: lists several addresses; say by mode whether they"
                        + " are a sentinel or a cluster",
                "{ url: redis://a, master: m } | 8:34: /redis/master: is for mode: sentinel; remove it",
                "{ url: redis://a, mode: cluster, password: p } | 8:51: /redis/password: is for mode: sentinel; remove it",
                "{ url: redis://a, mode: sentinel } | 8:8: /redis: needs master, the name under which the sentinels watch"
                        + " the servers",
                "{ url: redis://a, mode: sentinel, master: m, user: u } | 8:59: /redis/user: needs password, too",
                "{ url: redis://a/1, mode: cluster } | 8:15: /redis/url: names a database; with sentinel or cluster there"
                        + " is only the first",
                "{ url: ['redis://:x@a', 'redis://:y@b'], mode: cluster } | 8:15: /redis/url: must have the same user and"
                        + " password in each address: so have all servers of a cluster",
                "{ url: ['redis://a', 'rediss://b'], mode: sentinel, master: m } | 8:15: /redis/url: has both redis:// and"
                        + " rediss://; use TLS for all of them, or for none",
                "{ url: ['redis://a', 'b'], mode: sentinel, master: m } | 8:29: /redis/url/1: must be"
                        + " redis://:PASSWORD@HOST:PORT, or rediss:// for TLS, special characters of the password"
                        + " percent-encoded",
                "{ url: rediss://a, ca: /nowhere } | 8:31: /redis/ca: must be the path of a readable PEM file with"
                        + " certificates",
            })
    void nonsenseIsRefusedWithItsPlace(String redis, String problem) {
        assertThat(Configs.problems(folder, REST + "redis: " + redis + "\n", Map.of()))
                .containsExactly(problem);
    }
}
