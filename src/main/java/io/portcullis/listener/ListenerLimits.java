package io.portcullis.listener;

import io.portcullis.domain.limits.Rate;
import java.time.Duration;

/**
 * What clients may take of the public listener.
 *
 * @param header bytes of one request head
 * @param headTime from the first byte of a request to the end of its head; for a new connection it counts for the PROXY header, the TLS handshake
 *     and the beginning of HTTP/2 together as well, and in HTTP/2 for each frame
 * @param idle how long a connection may be silent
 * @param connections open at a time, in the process
 * @param connectionsPerAddress the same from one address; 0 for any number
 * @param streams requests at a time on one connection of HTTP/2
 * @param resets how many streams of one connection may be reset, by either side
 */
public record ListenerLimits(
        int header,
        Duration headTime,
        Duration idle,
        int connections,
        int connectionsPerAddress,
        int streams,
        Rate resets) {
    public static final ListenerLimits DEFAULTS = new ListenerLimits(
            16 * 1024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            10_000,
            0,
            100,
            new Rate(200, Duration.ofMinutes(1)));

    public ListenerLimits {
        check(header >= 4096 && header <= 65536, "header is from 4KiB to 64KiB");
        check(within(headTime, Duration.ofMillis(100), Duration.ofMinutes(5)), "headTime is from 100ms to 5m");
        check(within(idle, Duration.ofSeconds(1), Duration.ofHours(1)), "idle is from 1s to 1h");
        check(connections >= 1 && connections <= 1_000_000, "connections is from 1 to 1000000");
        check(
                connectionsPerAddress >= 0 && connectionsPerAddress <= 1_000_000,
                "connectionsPerAddress is from 0 to 1000000");
        check(streams >= 1 && streams <= 1000, "streams is from 1 to 1000");
        check(
                resets.count() >= 1
                        && resets.count() <= 100_000
                        && resets.window().toMillisPart() == 0
                        && within(resets.window(), Duration.ofSeconds(1), Duration.ofHours(1)),
                "resets is from 1/1h to 100000/1s, in whole seconds");
    }

    private static void check(boolean kept, String bound) {
        if (!kept) {
            throw new IllegalArgumentException("server.limits." + bound);
        }
    }

    private static boolean within(Duration duration, Duration least, Duration most) {
        return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
    }
}
