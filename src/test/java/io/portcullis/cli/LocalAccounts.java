package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.HostConfig;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A gateway with accounts of its own, and the command line of its host where they are made. */
final class LocalAccounts implements AutoCloseable {
    /** Of everybody whom {@link #added} adds. */
    static final String PASSWORD = "correct horse battery";

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private final OwnDatabase legacy;
    private final TestGateway gateway;
    private final Path config;

    private LocalAccounts(OwnDatabase legacy, TestGateway gateway, Path config) {
        this.legacy = legacy;
        this.gateway = gateway;
        this.config = config;
    }

    /** With the config file in {@code folder}. */
    static LocalAccounts start(Path folder) {
        var legacy = OwnDatabase.empty();
        legacy.tamper(
                "CREATE TABLE admins (id bigint, email text, role text, password text)",
                "CREATE TABLE users (id bigint, email text, password text)");
        var gateway = TestGateway.by("accounts.yaml", Map.of("LEGACY_DB", legacy.url()));
        return new LocalAccounts(legacy, gateway, HostConfig.write(folder, gateway));
    }

    /** One that nobody has yet, with capitals in it. */
    static String anotherEmail() {
        return "Person" + PEOPLE.incrementAndGet() + "@Example.com";
    }

    TestGateway gateway() {
        return gateway;
    }

    String realm() {
        return gateway.realm();
    }

    /** Exit code and what was printed, on either stream, with this as standard input. */
    String run(String input, String... words) {
        var printed = new StringWriter();
        var before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            var arguments = Stream.concat(Stream.of(words), Stream.of("--config", config.toString()))
                    .toArray(String[]::new);
            int exit = Main.commandLine()
                    .setOut(new PrintWriter(printed, true))
                    .setErr(new PrintWriter(printed, true))
                    .execute(arguments);
            return exit + " " + printed;
        } finally {
            System.setIn(before);
        }
    }

    /** The same of {@code account add}, with {@code more} words. */
    String add(String email, String role, String input, String... more) {
        var words = Stream.concat(
                Stream.of(
                        "account",
                        "add",
                        "--password-stdin",
                        "--realm",
                        gateway.realm(),
                        "--email",
                        email,
                        "--role",
                        role),
                Stream.of(more));
        return run(input, words.toArray(String[]::new));
    }

    /** The subject of a new account. */
    String added(String email, String role) {
        var said = add(email, role, PASSWORD + "\n");
        assertThat(said).startsWith("0 " + gateway.realm() + "/").contains(" is added");
        return said.substring(said.indexOf('/') + 1, said.indexOf(" is added"));
    }

    Answer login(String email, String password) {
        return gateway.nobody().post("/auth/login", JsonObject.of("email", email, "password", password));
    }

    /** Somebody who was added, with a new session. */
    Person byBearer(String email, String subject) {
        return gateway.nobody().holding(login(email, PASSWORD).string("/token"), subject);
    }

    @Override
    public void close() {
        gateway.close();
        legacy.close();
    }
}
