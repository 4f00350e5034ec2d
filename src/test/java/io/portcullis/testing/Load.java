package io.portcullis.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Requests without a pause over some keep-alive connections, until it is stopped. Each answer is read to its last byte; whatever is none is kept
 * as a failure.
 */
public final class Load implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");
    private static final Pattern CLOSE = Pattern.compile("(?i)\r\nconnection: close\r\n");

    private final int port;
    private final String request;
    private final Pattern expected;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    private Load(int port, String request, String expected) {
        this.port = port;
        this.request = request;
        this.expected = Pattern.compile(expected);
    }

    /**
     * Requests one after the other on each connection.
     *
     * @param expected what the first line and the headers of each answer must have in them
     */
    public static Load start(int connections, int port, String path, String expected) {
        var load = new Load(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n", expected);
        for (int i = 0; i < connections; i++) {
            load.threads.add(Thread.ofVirtual().start(load::run));
        }
        return load;
    }

    private void run() {
        while (!stopped) {
            try (var connection = RawHttp.to(port)) {
                boolean open = true;
                while (open && !stopped) {
                    open = one(connection);
                }
            } catch (IOException failure) {
                failures.add(failure.toString());
                return;
            }
        }
    }

    /** Whether the connection goes on. */
    private boolean one(RawHttp connection) throws IOException {
        var head = connection.send(request).until("\r\n\r\n");
        var length = LENGTH.matcher(head);
        if (!length.find() || !expected.matcher(head).find()) {
            failures.add("not expected: " + head);
        } else {
            connection.read(Integer.parseInt(length.group(1)));
        }
        answered.incrementAndGet();
        return !CLOSE.matcher(head).find();
    }

    public long answered() {
        return answered.get();
    }

    /** What went wrong so far. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** The same, when all connections are done with their last answer. */
    public List<String> finish() {
        stopped = true;
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return failures();
    }

    @Override
    public void close() {
        finish();
    }
}
