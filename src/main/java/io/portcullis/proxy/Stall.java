package io.portcullis.proxy;

/** Watches that one exchange moves. A step costs neither a timer nor a look at a clock. On one event loop. */
final class Stall {
    private final Stalls all;
    private final Runnable stalled;
    private int silent;
    private long received;
    int place;

    Stall(Stalls all, Runnable stalled) {
        this.all = all;
        this.stalled = stalled;
        all.add(this);
    }

    void moved() {
        silent = 0;
    }

    /** So many bytes of the request's body have come: they pay for the time in which so many should have. Those before it owed anything do not count. */
    void received(long bytes) {
        long look = all.bytesOfALook();
        if (look == 0) {
            moved();
            return;
        }
        received += bytes;
        silent = (int) Math.max(0, silent - received / look);
        received = silent == 0 ? 0 : received % look;
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
