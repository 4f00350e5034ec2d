package io.portcullis.testing.legacy;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Person;
import io.portcullis.testing.Program;
import io.portcullis.testing.TestClock;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A legacy backend in a process of its own, which ends with this one, or when it is closed. */
public final class LegacyProcess implements AutoCloseable {
    private final Program program;
    private final int port;

    private LegacyProcess(Program program, int port) {
        this.program = program;
        this.port = port;
    }

    /** {@code kind}: {@code json}, {@code form} or {@code cookie}, see {@link LegacyServer}. */
    public static LegacyProcess start(String kind) throws Exception {
        return run("--kind", kind);
    }

    /** One that reads the tables of a database, see {@link TablesServer}. */
    public static LegacyProcess onTables(String jdbcUrl) throws Exception {
        return run("--tables", jdbcUrl);
    }

    private static LegacyProcess run(String option, String value) throws Exception {
        var program = Program.run(
                Map.of(),
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LegacyProcess.class.getName(),
                option,
                value);
        return new LegacyProcess(
                program,
                Integer.parseInt(program.awaitOutput("listening on ([0-9]+)").group(1)));
    }

    public int port() {
        return port;
    }

    /** Somebody who asks it directly. */
    public Person direct() {
        return Person.at(port, new TestClock(Instant.now()));
    }

    /**
     * What it answered last that handed something out: {@code status}, {@code headers}, {@code body}, {@code secrets}; and the
     * {@code cookie} line that it had got.
     */
    public Answer sent() {
        return direct().get("/sent");
    }

    /** Every secret in that answer. */
    public List<String> secrets() {
        return ((JsonArray) sent().json("/secrets"))
                .stream().map(String.class::cast).toList();
    }

    @Override
    public void close() {
        program.close();
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: --kind json|form|cookie, or --tables JDBC-URL");
        }
        int port = args[0].equals("--tables") ? TablesServer.start(args[1]) : LegacyServer.start(args[1]);
        System.out.println("listening on " + port);
        while (System.in.read() >= 0) {} // until whoever started it is gone
        System.exit(0);
    }
}
