package io.portcullis.proxy;

import java.util.List;

/**
 * Whose turn it is: each by its weight, and as evenly in between as the weights allow. Of 2, 1 and 1 the first has every second turn,
 * never two in a row. On one thread at a time.
 */
final class Rotation {
    private final int[] weights;
    private final int[] credits;

    Rotation(List<Integer> weights) {
        this.weights = weights.stream().mapToInt(Integer::intValue).toArray();
        this.credits = new int[this.weights.length];
    }

    /** The next one of those that may; -1 when none may. Who may not neither gains nor loses. */
    int next(boolean[] may) {
        int total = 0;
        int next = -1;
        for (int i = 0; i < weights.length; i++) {
            if (may[i]) {
                credits[i] += weights[i];
                total += weights[i];
                if (next < 0 || credits[i] > credits[next]) {
                    next = i;
                }
            }
        }
        if (next >= 0) {
            credits[next] -= total;
        }
        return next;
    }
}
