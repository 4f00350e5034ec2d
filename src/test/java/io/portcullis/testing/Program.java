package io.portcullis.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of ours: its output as it comes, its end, and whether it left anybody behind. */
public final class Program implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Process process;
    private final Writer output = new StringWriter(); // for two threads
    private final Thread reader;

    private Program(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /** {@code java -jar}, with the Java that runs the tests; {@code property} names the jar. */
    public static Program jar(String property, Path temporary, Map<String, String> environment, String... arguments)
            throws IOException {
        var jar = System.getProperty(property);
        if (jar == null) {
            throw new IllegalStateException("needs the packaged jar: run it with mvn verify");
        }
        var command = new ArrayList<>(
                List.of(java(), "-Djava.io.tmpdir=" + temporary, "-XX:TieredStopAtLevel=1", "-jar", jar));
        command.addAll(List.of(arguments));
        return run(environment, command.toArray(String[]::new));
    }

    /** The command line, by the classes that the tests run on. */
    public static Program main(Path temporary, Map<String, String> environment, String... arguments)
            throws IOException {
        var command = new ArrayList<>(List.of(
                java(),
                "-Djava.io.tmpdir=" + temporary,
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.portcullis.cli.Main"));
        command.addAll(List.of(arguments));
        return run(environment, command.toArray(String[]::new));
    }

    public static Program run(Map<String, String> environment, String... command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Program(builder.start());
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    private void read() {
        try (var stream = process.inputReader(StandardCharsets.UTF_8)) {
            for (int next = stream.read(); next >= 0; next = stream.read()) {
                output.write(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** What it printed so far, on either stream. */
    public String output() {
        return output.toString();
    }

    /** Waits until it has printed something. */
    public Matcher awaitOutput(String regex) throws Exception {
        var pattern = Pattern.compile(regex);
        Await.until("the program prints " + regex, () -> {
            boolean ended = !process.isAlive();
            if (pattern.matcher(output()).find()) {
                return true;
            }
            if (ended) {
                throw new AssertionError("it ended without printing " + regex + ":\n" + output());
            }
            return false;
        });
        var found = pattern.matcher(output());
        if (!found.find()) {
            throw new AssertionError(regex);
        }
        return found;
    }

    /** Waits until it has ended and all that it printed was read. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end:\n" + output());
        }
        reader.join();
        return process.exitValue();
    }

    /** Ends it, however it stands. Not whom it started: the demo has somebody who stops its servers when it is gone. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
