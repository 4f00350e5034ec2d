package io.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who gets requests, by both judges. Times are seconds here. */
class TargetHealthTest {
    private static final HealthSettings.Active ACTIVE =
            new HealthSettings.Active("/health", Duration.ofSeconds(5), Duration.ofSeconds(2), 2, 3, Set.of());

    private final UpstreamState upstream = upstream(3);
    private final TargetHealth first = upstream.targets().getFirst();
    private final TargetHealth second = upstream.targets().get(1);
    private final TargetChoice choice = new TargetChoice(upstream);

    private static UpstreamState upstream(int failures) {
        var settings = new UpstreamSettings(
                "legacy",
                List.of(new UpstreamSettings.Target("a", 80, 1), new UpstreamSettings.Target("b", 81, 1)),
                Optional.empty(),
                Duration.ofSeconds(30),
                500,
                Duration.ofSeconds(2),
                8,
                true,
                1,
                new HealthSettings(new HealthSettings.Passive(failures, Duration.ofSeconds(10)), Optional.of(ACTIVE)));
        return UpstreamState.of(settings);
    }

    private static long at(double seconds) {
        return Long.MAX_VALUE + (long) (seconds * 1e9); // a nanoTime may be any number
    }

    private static void fails(TargetHealth target, int times, double at) {
        for (int i = 0; i < times; i++) {
            target.failed(at(at));
        }
    }

    @Test
    void failuresInARowEjectForAWhile() {
        fails(first, 2, 0);
        assertThat(first.takes(at(0))).isTrue();
        fails(first, 1, 0);
        assertThat(first.takes(at(0))).isFalse();
        assertThat(first.isHealthy()).isFalse();
        assertThat(first.takes(at(9.9))).isFalse();
        assertThat(first.takes(at(10))).isTrue();
    }

    @Test
    void anAnswerBetweenStartsTheCountAnew() {
        fails(first, 2, 0);
        first.answered();
        fails(first, 2, 0);
        assertThat(first.takes(at(0))).isTrue();
    }

    @Test
    void afterTheTimeOneRequestTriesForAll() {
        fails(first, 3, 0);
        first.chosen(at(10));
        assertThat(first.takes(at(10))).isFalse();
        first.failed(at(11)); // one is enough now
        assertThat(first.takes(at(20.5))).isFalse();
        first.chosen(at(21));
        first.answered();
        assertThat(first.takes(at(21))).isTrue();
        assertThat(first.isHealthy()).isTrue();
    }

    @Test
    void noneIsEjectedWhereThatIsOff() {
        var never = upstream(0).targets().getFirst();
        fails(never, 100, 0);
        assertThat(never.takes(at(0))).isTrue();
    }

    @Test
    void theFirstCheckCountsAloneThenSoManyInARow() {
        first.checked(ACTIVE, false, "500");
        assertThat(first.isDown()).isTrue();
        first.checked(ACTIVE, true, "200");
        assertThat(first.isDown()).isTrue();
        first.checked(ACTIVE, true, "200");
        assertThat(first.isDown()).isFalse();
        first.checked(ACTIVE, false, "500");
        first.checked(ACTIVE, false, "500");
        first.checked(ACTIVE, true, "200");
        first.checked(ACTIVE, false, "500");
        first.checked(ACTIVE, false, "500");
        assertThat(first.isDown()).isFalse();
        first.checked(ACTIVE, false, "500");
        assertThat(first.isDown()).isTrue();
    }

    @Test
    void eachChangeIsLoggedOnce() {
        try (var log = LogCapture.start()) {
            fails(second, 9, 0);
            second.answered();
            second.answered();
            second.checked(ACTIVE, false, "it answered 500");
            second.checked(ACTIVE, false, "it answered 500");
            assertThat(log.text().lines().filter(line -> line.contains("upstream legacy: b:81")))
                    .hasSize(2);
            assertThat(log.text().lines().filter(line -> line.contains("the check of b:81 failed")))
                    .hasSize(1);
        }
    }

    @Test
    void whoDoesNotServeIsPassedOver() {
        second.checked(ACTIVE, false, "500");
        assertThat(choice.next(TargetChoice.NONE, at(0))).isZero();
        assertThat(choice.next(TargetChoice.NONE, at(0))).isZero();
        first.checked(ACTIVE, false, "500");
        second.checked(ACTIVE, true, "200");
        second.checked(ACTIVE, true, "200");
        assertThat(choice.next(TargetChoice.NONE, at(0))).isEqualTo(1);
    }

    @Test
    void whenNoneServesTheLeastBadIsTried() {
        fails(first, 3, 5);
        fails(second, 3, 0);
        assertThat(choice.next(TargetChoice.NONE, at(6))).isEqualTo(1);
        assertThat(choice.next(1, at(6))).isZero();
        second.checked(ACTIVE, false, "500");
        assertThat(choice.next(TargetChoice.NONE, at(6))).isZero();
        first.checked(ACTIVE, false, "500");
        assertThat(List.of(choice.next(TargetChoice.NONE, at(6)), choice.next(TargetChoice.NONE, at(6))))
                .containsExactlyInAnyOrder(0, 1);
    }
}
