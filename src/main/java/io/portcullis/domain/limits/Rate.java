package io.portcullis.domain.limits;

import java.time.Duration;

/** So many in any span of time that is as long as the window, however it is laid; written {@code 5/1h}. */
public record Rate(int count, Duration window) {
    @Override
    public String toString() {
        return count + "/" + text(window);
    }

    private static String text(Duration window) {
        if (window.toMillisPart() != 0) {
            return window.toMillis() + "ms";
        } else if (window.toSecondsPart() != 0) {
            return window.toSeconds() + "s";
        } else if (window.toMinutesPart() != 0) {
            return window.toMinutes() + "m";
        }
        return window.toHours() + "h";
    }
}
