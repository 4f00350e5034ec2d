package io.portcullis.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://redis",
                "redis://redis:6379",
                "redis://redis:6379/3",
                "redis://:p%40ss@redis:6379",
                "rediss://user:p%2Fss@redis.example.com/0",
                "redis://[::1]:6379"
            })
    void takesTheUsualForms(String url) {
        assertThat(RedisUrl.of(url).text()).startsWith(url.replaceFirst("(:6379)?(/.*)?$", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "http://:hunter2@redis",
                "redis://:hunter2",
                "redis://:hunter2@",
                "redis://:hunter2@redis:port",
                "redis://:hunter2@redis/name",
                "redis://:hunter2/x@redis",
                "redis://:hunter2%zz@redis",
                "redis://redis?password=hunter2"
            })
    void refusesAnotherFormWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> RedisUrl.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }
}
