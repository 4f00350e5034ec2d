package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.account.Account;
import io.portcullis.testing.Race;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Account ALICE = new Account("admin", "alice");
    private static final Account BOB = new Account("admin", "bob");

    @Test
    void oneIsChangedAtATimeAndNothingIsLeftBehind() throws Exception {
        var turns = new Turns(Duration.ofSeconds(30));
        var count = new int[1]; // no atomic one: two at a time would lose a step
        Race.of(1_000, () -> turns.inTurn(ALICE, () -> count[0]++));
        assertThat(count[0]).isEqualTo(1_000);
        assertThat(turns.size()).isZero();
    }

    @Test
    void whoWaitsTooLongIsToldSoAndAnotherAccountWaitsForNobody() {
        var turns = new Turns(Duration.ofMillis(20));
        turns.inTurn(ALICE, () -> {
            var second = CompletableFuture.supplyAsync(() -> turns.inTurn(ALICE, () -> "late"));
            assertThatThrownBy(second::join).rootCause().hasMessage("STORE_UNAVAILABLE");
            assertThat(turns.size()).isEqualTo(1);
            return assertThat(CompletableFuture.supplyAsync(() -> turns.inTurn(BOB, () -> "at once"))
                            .join())
                    .isEqualTo("at once");
        });
        assertThat(turns.size()).isZero();
    }

    @Test
    void aChangeThatThrowsGivesItsTurnAway() {
        var turns = new Turns(Duration.ofMillis(20));
        assertThatThrownBy(() -> turns.inTurn(ALICE, () -> {
                    throw new IllegalStateException("a bug");
                }))
                .hasMessage("a bug");
        assertThat(turns.size()).isZero();
        assertThat(turns.inTurn(ALICE, () -> "next")).isEqualTo("next");
    }
}
