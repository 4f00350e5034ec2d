package io.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.limits.Policy;
import io.portcullis.domain.limits.Quota;
import io.portcullis.domain.limits.Rate;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The headers that tell a client how much is left, and how long to wait. */
class RateLimitFieldsTest {
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    @Test
    void aRefusalSaysHowLongToWait() {
        ErrorAnswer.headers(
                new Problem.RateLimited("sendCode", 5, Duration.ofHours(1), Duration.ofMillis(1_199_001)), headers);
        assertThat(headers.get("Retry-After")).isEqualTo("1200");
        assertThat(headers.get("RateLimit-Policy")).isEqualTo("\"sendCode\";q=5;w=3600");
        assertThat(headers.get("RateLimit")).isEqualTo("\"sendCode\";r=0;t=1200");
    }

    @Test
    void waitingIsNeverZeroSeconds() {
        ErrorAnswer.headers(new Problem.RateLimited("sendCode", 5, Duration.ofHours(1), Duration.ofMillis(1)), headers);
        assertThat(headers.get("Retry-After")).isEqualTo("1");
    }

    @Test
    void aSuccessListsItsPolicies() {
        var account = new Policy("send-code-account", new Rate(5, Duration.ofHours(1)));
        var address = new Policy("send-code-address", new Rate(20, Duration.ofMillis(1_500)));
        RateLimitFields.put(
                headers,
                List.of(new Quota(account, 4, Duration.ofHours(1)), new Quota(address, 19, Duration.ofMillis(1_500))));
        assertThat(headers.getAll("RateLimit-Policy"))
                .containsExactly("\"send-code-account\";q=5;w=3600, \"send-code-address\";q=20;w=2");
        assertThat(headers.getAll("RateLimit"))
                .containsExactly("\"send-code-account\";r=4;t=3600, \"send-code-address\";r=19;t=2");
        assertThat(headers.contains("Retry-After")).isFalse();
    }

    @Test
    void whatHasNoLimitHasNoHeaders() {
        RateLimitFields.put(headers, List.of());
        ErrorAnswer.headers(new Problem.InvalidCredentials(), headers);
        ErrorAnswer.headers(new Problem.AccountLocked(Optional.of(Duration.ofSeconds(9))), headers);
        assertThat(headers.names()).containsExactly("Retry-After");
    }
}
