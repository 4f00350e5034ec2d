package io.portcullis.cli;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * Writes the lines of the logger {@code io.portcullis.audit} to standard error as they are, so that a collector finds one
 * JSON object in each and nothing around it. Public because the JDK makes it, by its name in {@code logging.properties}.
 */
public final class AuditLineHandler extends ConsoleHandler {
    public AuditLineHandler() {
        setFormatter(new Formatter() {
            @Override
            public String format(LogRecord line) {
                return line.getMessage() + "\n";
            }
        });
    }
}
