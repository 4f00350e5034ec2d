package io.portcullis.proxy;

import java.util.List;

/**
 * Which of several targets the next request goes to: by weight among those that serve. When none does, one is chosen all the same, as
 * a check that is wrong must not be what ends the service: first who is merely ejected, the one whose time ends first; then any. On
 * one thread at a time.
 */
final class TargetChoice {
    static final int NONE = -1;

    private final List<TargetHealth> targets;
    private final Rotation rotation;
    private final boolean[] may;

    TargetChoice(UpstreamState upstream) {
        targets = upstream.targets();
        rotation = new Rotation(upstream.settings().targets().stream()
                .map(UpstreamSettings.Target::weight)
                .toList());
        may = new boolean[targets.size()];
    }

    /**
     * Index of the next one.
     *
     * @param but index of one that is not wanted, or {@link #NONE}
     * @return {@link #NONE} only when there is no other
     */
    int next(int but, long now) {
        for (int i = 0; i < may.length; i++) {
            may[i] = i != but && targets.get(i).takes(now);
        }
        int next = rotation.next(may);
        if (next == NONE) {
            next = leastBad(but, now);
        }
        if (next != NONE) {
            targets.get(next).chosen(now);
        }
        return next;
    }

    private int leastBad(int but, long now) {
        int best = NONE;
        for (int i = 0; i < may.length; i++) {
            var target = targets.get(i);
            may[i] = i != but;
            if (may[i]
                    && !target.isDown()
                    && (best == NONE
                            || target.ejectedFor(now) < targets.get(best).ejectedFor(now))) {
                best = i;
            }
        }
        return best == NONE ? rotation.next(may) : best;
    }
}
