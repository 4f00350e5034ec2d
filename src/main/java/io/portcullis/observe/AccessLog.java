package io.portcullis.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.portcullis.http.RequestOrigin;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of JSON for each request, written by a thread of its own. Event loops never wait for it: when more lines wait than it holds, or none can
 * be written, they are dropped and counted.
 */
public final class AccessLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    /** In lines: a second or so of a busy gateway. */
    private static final int HELD = 16_384;

    private static final int BATCH = 1_024;
    private static final long LOOK_MILLIS = 500;
    private static final long LAST_MILLIS = 5_000;

    private final BlockingQueue<AccessEntry> waiting = new ArrayBlockingQueue<>(HELD);
    private final Counter dropped;
    private @Nullable Thread writer;
    private volatile Optional<LineFile> wanted = Optional.empty();
    private volatile boolean closing;
    private boolean failing;

    public AccessLog(MeterRegistry registry) {
        dropped = Counter.builder("portcullis.access.log.dropped")
                .description(
                        "Requests that are not in the access log, as it could not be written so fast, or not at all")
                .register(registry);
    }

    /**
     * Opens what is to be written next, without writing it yet.
     *
     * @throws IllegalArgumentException when it cannot be written
     */
    public static Optional<LineFile> open(Optional<AccessLogSettings> settings) {
        return settings.map(wanted -> {
            try {
                return LineFile.open(wanted.file());
            } catch (IOException e) {
                throw new IllegalArgumentException("accessLog.file cannot be written: " + e.getMessage(), e);
            }
        });
    }

    /** From now on lines go there, where there is such a place. */
    public synchronized void becomes(Optional<LineFile> next) {
        wanted = next;
        if (writer == null && next.isPresent()) {
            writer = Thread.ofPlatform().daemon().name("access-log").start(this::write);
        }
    }

    void note(HttpServerRequest request, RequestOrigin origin) {
        if (!waiting.offer(AccessEntry.of(request, origin))) {
            dropped.increment();
        }
    }

    /** The thread that alone touches what it writes to: whatever blocks it, blocks nobody else. */
    private void write() {
        var current = Optional.<LineFile>empty();
        try {
            while (!closing || !waiting.isEmpty()) {
                var first = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                var next = wanted;
                if (!current.equals(next)) {
                    current.ifPresent(LineFile::close);
                    current = next;
                }
                write(first, current);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            current.ifPresent(LineFile::close);
        }
    }

    private void write(@Nullable AccessEntry first, Optional<LineFile> current) {
        int lines = 0;
        try {
            for (var entry = first; entry != null; entry = lines < BATCH ? waiting.poll() : null) {
                lines++;
                if (current.isPresent()) {
                    current.get().add(entry.line());
                }
            }
            if (current.isPresent()) {
                current.get().flush();
            }
            failing = false;
        } catch (IOException | RuntimeException failure) {
            dropped.increment(lines);
            if (!failing) {
                failing = true;
                LOG.error("the access log cannot be written: {}", failure.toString());
            }
        }
    }

    /** Writes what waits, for some seconds at the most. */
    @Override
    public synchronized void close() {
        closing = true;
        if (writer != null) {
            try {
                writer.join(LAST_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
