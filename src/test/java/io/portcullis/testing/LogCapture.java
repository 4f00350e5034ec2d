package io.portcullis.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that the gateway logs, at every level, with its stack traces, until it is closed. */
public final class LogCapture extends Handler implements AutoCloseable {
    private static final Logger GATEWAY = Logger.getLogger("io.portcullis");

    private final StringWriter text = new StringWriter();
    private final PrintWriter writer = new PrintWriter(text);

    private LogCapture() {}

    public static LogCapture start() {
        var capture = new LogCapture();
        capture.setLevel(Level.ALL);
        GATEWAY.setLevel(Level.ALL);
        GATEWAY.addHandler(capture);
        return capture;
    }

    public synchronized String text() {
        return text.toString();
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        writer.println(new SimpleFormatter().format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        GATEWAY.removeHandler(this);
        GATEWAY.setLevel(null);
    }
}
