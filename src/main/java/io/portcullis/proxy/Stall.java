package io.portcullis.proxy;

/** Watches that one exchange moves. A step costs neither a timer nor a look at a clock. On one event loop. */
final class Stall {
    private final Stalls all;
    private final Runnable stalled;
    private int silent;
    int place;

    Stall(Stalls all, Runnable stalled) {
        this.all = all;
        this.stalled = stalled;
        all.add(this);
    }

    void moved() {
        silent = 0;
    }

    /** At most once. */
    void stop() {
        all.remove(this);
    }

    void look(int patience) {
        if (++silent > patience) {
            stalled.run();
        }
    }
}
