package io.portcullis.proxy;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.http.Framing;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * How large a request may be and how long it may take.
 *
 * @param body bytes of its body
 * @param header bytes of the names and values of its headers
 * @param time from its being let through to the last byte of the answer; not for WebSockets
 */
public record ExchangeLimits(Optional<Integer> body, Optional<Integer> header, Optional<Duration> time) {
    public static final ExchangeLimits NONE = new ExchangeLimits(Optional.empty(), Optional.empty(), Optional.empty());

    private static final int LARGEST_BODY = 2047 * 1024 * 1024;

    public ExchangeLimits {
        if (body.filter(most -> most > LARGEST_BODY).isPresent()) {
            throw new IllegalArgumentException("limits.body is up to 2047MiB");
        }
        if (header.filter(most -> most < 512 || most > 65536).isPresent()) {
            throw new IllegalArgumentException("limits.header is from 512B to 64KiB");
        }
        if (time.filter(most -> !most.isPositive() || most.compareTo(Duration.ofDays(1)) > 0)
                .isPresent()) {
            throw new IllegalArgumentException("limits.time is more than 0s and at most 1d");
        }
    }

    /**
     * Judges the head.
     *
     * @param length of the body as {@link Framing} tells it
     * @throws Refused {@code BODY_TOO_LARGE} or {@code INVALID_REQUEST}
     */
    void check(HttpServerRequest request, long length) {
        if (header.isPresent() && headerBytes(request) > header.get()) {
            throw new Refused(Problem.InvalidRequest.field(
                    "headers", "have more than " + header.get() + " bytes, names and values together"));
        }
        if (isTooLarge(length)) {
            throw bodyTooLarge();
        }
    }

    /** The same for a body that is collected. */
    void checkCollected(long length) {
        if (isTooLarge(length)) {
            throw bodyTooLarge();
        }
    }

    /** Whether the bytes are more than the body may have. */
    boolean isTooLarge(long bytes) {
        return body.isPresent() && bytes > body.get();
    }

    Refused bodyTooLarge() {
        return new Refused(new Problem.BodyTooLarge(body.orElseThrow()));
    }

    /** Whether who keeps to these keeps to the others too. */
    public boolean within(ExchangeLimits other) {
        return atMost(body, other.body) && atMost(header, other.header) && atMost(time, other.time);
    }

    private static <T extends Comparable<T>> boolean atMost(Optional<T> mine, Optional<T> theirs) {
        return theirs.isEmpty() || (mine.isPresent() && mine.get().compareTo(theirs.get()) <= 0);
    }

    /** Header fields are Latin-1: a character is a byte. */
    private static int headerBytes(HttpServerRequest request) {
        int bytes = 0;
        for (var header : request.headers()) {
            bytes += header.getKey().length() + header.getValue().length();
        }
        return bytes;
    }
}
