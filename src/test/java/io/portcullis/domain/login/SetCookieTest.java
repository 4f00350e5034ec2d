package io.portcullis.domain.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetCookieTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s=abc",
                " s = abc ; Path=/; HttpOnly",
                "s=\"abc\"; Max-Age=60",
                "s=abc; max-age=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                "s=abc; Expires=Sun, 01 Mar 2026 10:00:01 GMT",
                "s=abc; Expires=Sun, 01-Mar-2026 10:00:01 GMT",
                "s=abc; Expires=whenever",
                "s=abc; Max-Age=soon",
            })
    void setsACookie(String line) {
        var cookie = SetCookie.of(line, NOW).orElseThrow();
        assertThat(cookie.name()).isEqualTo("s");
        assertThat(cookie.value()).isEqualTo("abc");
        assertThat(cookie.deletes()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s=",
                "s=\"\"; Path=/",
                "s=abc; Max-Age=0",
                "s=abc; MAX-AGE=-1",
                "s=abc; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                "s=abc; expires=Thu, 01-Jan-1970 00:00:01 GMT; path=/",
                "s=abc; Expires=Sun, 01 Mar 2026 10:00:00 GMT",
            })
    void takesACookieAway(String line) {
        assertThat(SetCookie.of(line, NOW).orElseThrow().deletes()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "; Path=/", "=abc"})
    void isNone(String line) {
        assertThat(SetCookie.of(line, NOW)).isEmpty();
    }

    @Test
    void aValueIsNotPrinted() {
        assertThat(SetCookie.of("s=abc", NOW).orElseThrow().toString()).doesNotContain("abc");
    }
}
