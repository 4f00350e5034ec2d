package io.portcullis.gate;

import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPathsTest {
    private static final OwnPaths PATHS = new OwnPaths(
            List.of("/api/2fa/disable", "/api/v1/Auth/login", "/auth/sessions/*", "/auth/accounts/*/*/reset", "/api"));

    @ParameterizedTest
    @CsvSource({
        // letter case alone
        "/API/2fa/disable, NO_ROUTE",
        "/api/2FA/disablE, NO_ROUTE",
        "/api/v1/auth/login, NO_ROUTE", // where the route itself has a capital letter
        "/AUTH/sessions/x, NO_ROUTE",
        "/Auth/accounts/admin/7/RESET, NO_ROUTE",
        "/Api?x=1, NO_ROUTE",
        // values that we do not take, and a backend may
        "/auth/sessions/a@b, NO_ROUTE",
        "/auth/accounts/a:b/7/reset, NO_ROUTE",
        // slashes
        "/api/2fa/disable/, AMBIGUOUS_PATH",
        "/api/2fa/disable//, AMBIGUOUS_PATH",
        "/api//2fa/disable, AMBIGUOUS_PATH",
        "//api/2fa/disable, AMBIGUOUS_PATH",
        "//host/api/2fa/disable, AMBIGUOUS_PATH",
        "/api\\2fa\\disable, AMBIGUOUS_PATH",
        "/api/2fa%2fdisable, AMBIGUOUS_PATH",
        "/api/2fa%5Cdisable, AMBIGUOUS_PATH",
        "/auth//sessions/x, AMBIGUOUS_PATH",
        "/auth/sessions/x/, AMBIGUOUS_PATH",
        // escapes
        "/api/2fa/%64isable, AMBIGUOUS_PATH",
        "/%61pi/2fa/disable, AMBIGUOUS_PATH",
        "/api/2fa/%2564isable, AMBIGUOUS_PATH",
        "/api/2fa/%C1%A4isable, AMBIGUOUS_PATH", // an overlong d
        "/api/2fa/disable%00, AMBIGUOUS_PATH",
        "/api/2fa/disable%20, AMBIGUOUS_PATH",
        "/api/2fa/disable%3fx, AMBIGUOUS_PATH",
        "/api/2fa/d%C4%B1sable, AMBIGUOUS_PATH", // a dotless i
        "/auth/%73essions/x, AMBIGUOUS_PATH",
        "/auth/sessions%2Fx, AMBIGUOUS_PATH",
        // dots
        "/api/2fa/./disable, AMBIGUOUS_PATH",
        "/api/x/../2fa/disable, AMBIGUOUS_PATH",
        "/public/%2e%2e/api/2fa/disable, AMBIGUOUS_PATH",
        "/api/2fa/disable/., AMBIGUOUS_PATH",
        "/api/2fa/disable., AMBIGUOUS_PATH",
        "/auth/sessions/./x, AMBIGUOUS_PATH",
        "/auth/accounts/admin/7/x/../reset, AMBIGUOUS_PATH",
        // parameters
        "/api/2fa/disable;x, AMBIGUOUS_PATH",
        "/api;v=1/2fa/disable, AMBIGUOUS_PATH",
        "/auth/sessions;x/y, AMBIGUOUS_PATH",
        "/auth/sessions/x;y, AMBIGUOUS_PATH",
        // several at once
        "/API//2FA/%44ISABLE;x/, AMBIGUOUS_PATH",
    })
    void aPathOfOursInAnotherSpelling(String path, String code) {
        assertThat(problemOf(() -> PATHS.check(target(path))).code().wire()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/2fa",
                "/api/2fa/",
                "/api/2fa/disabled",
                "/api/2fa/disable/x",
                "/api/2fa/disable.json",
                "/api/2fa/dis%2Fable",
                "/x/api/2fa/disable",
                "/auth",
                "/auth/sessions",
                "/auth/sessions/",
                "/auth/sessions/x/y",
                "/auth/accounts/admin/reset",
                "/auth/accounts/admin/7/reset/x",
                "/search?path=/api//2fa/disable",
            })
    void anyOtherPathIsABusinessOfTheRules(String path) {
        assertThatCode(() -> PATHS.check(target(path))).doesNotThrowAnyException();
    }

    @Test
    void aRouteThatHasSeveralReadingsItselfIsNone() {
        for (var path : List.of("/api//x", "/api/x.", "/api/%78", "/api/*x")) {
            assertThatThrownBy(() -> new OwnPaths(List.of(path))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void withoutRoutesNothingIsOurs() {
        assertThatCode(() -> new OwnPaths(List.of()).check(target("/auth//login")))
                .doesNotThrowAnyException();
    }

    /** As each request that is proxied is asked about. */
    @Test
    void aPlainPathCostsNoMemory() {
        var target = target("/admin/metrics/of/some/day");
        assertThat(allocated(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        PATHS.check(target);
                    }
                }))
                .isLessThan(10_000);
    }

    private static long allocated(Runnable work) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        work.run(); // classes are loaded
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static RequestTarget target(String target) {
        return RequestTarget.of("GET", target, "h");
    }
}
