package io.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationTest {
    @ParameterizedTest
    @CsvSource({"1, 0000", "1 1, 010101", "2 1, 010010", "2 1 1, 01200120", "5 1, 000100000100", "100 100, 0101"})
    void eachHasItsShareAndTurnsAreSpread(String weights, String turns) {
        var rotation = rotation(weights);
        var all = new boolean[weights.split(" ").length];
        Arrays.fill(all, true);
        var taken = new StringBuilder();
        for (int i = 0; i < turns.length(); i++) {
            taken.append(rotation.next(all));
        }
        assertThat(taken).hasToString(turns);
    }

    @Test
    void whoMayNotIsPassedOverAndTakesNothingUpLater() {
        var rotation = rotation("1 1 1");
        var taken = new ArrayList<Integer>();
        for (int i = 0; i < 4; i++) {
            taken.add(rotation.next(new boolean[] {true, false, true}));
        }
        assertThat(taken).containsExactly(0, 2, 0, 2);
        taken.clear();
        for (int i = 0; i < 6; i++) {
            taken.add(rotation.next(new boolean[] {true, true, true}));
        }
        assertThat(taken).containsExactlyInAnyOrder(0, 0, 1, 1, 2, 2);
    }

    @Test
    void nobodyMay() {
        assertThat(rotation("1 1").next(new boolean[2])).isEqualTo(-1);
    }

    private static Rotation rotation(String weights) {
        return new Rotation(Stream.of(weights.split(" ")).map(Integer::valueOf).toList());
    }

    @Test
    void weightsNeedNotBeEqualInNumberOfTurns() {
        var rotation = new Rotation(List.of(7, 3));
        int first = 0;
        for (int i = 0; i < 1_000; i++) {
            first += rotation.next(new boolean[] {true, true}) == 0 ? 1 : 0;
        }
        assertThat(first).isEqualTo(700);
    }
}
