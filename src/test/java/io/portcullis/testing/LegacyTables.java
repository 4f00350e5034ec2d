package io.portcullis.testing;

import io.portcullis.config.ConfigFile;
import io.portcullis.config.Settings;
import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyTokens;
import io.portcullis.server.Gateway;
import io.portcullis.yaml.ConfigReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A legacy database with a table of admins and one of users, each with a column for the second factor, a receiver of
 * webhooks, and gateways on a database of their own whose {@code sync} the test writes. A trigger notes each state that an
 * admin's record was in. The legacy database is reached through a {@link Relay}, so that it can be down alone.
 */
public final class LegacyTables implements AutoCloseable {
    /** As the contract has it. */
    public static final String ADMINS =
            "  admin: { url: \"${LEGACY_PG_URL}\", sql: \"UPDATE admins SET two_fa_enabled = $1 WHERE id = $2\" }\n";

    public static final String USERS = ADMINS.replace("admin", "user");
    public static final String HOOK = "  admin: { webhook: \"${HOOK_URL}\", secret: \"${HOOK_SECRET}\" }\n";

    private static final String CONFIG = """
            server: { host: 127.0.0.1, port: 0, publicUrl: https://admin.example.com }
            management: { host: 127.0.0.1, port: 0 }
            postgres: { url: "${PG_URL}" }
            redis: { url: "${REDIS_URL}" }
            secrets: { encryption: "${KEYSET}", pepper: "${PEPPER}" }
            upstreams: { legacy: { url: "http://127.0.0.1:1" } }
            rules: [{ path: /**, access: public, upstream: legacy }]
            identity:
              - name: admin
                type: jwt
                algorithm: HS256
                secret: a secret for the tokens of admins
                claims: { subject: sub, email: email, role: role }
              - name: user
                type: jwt
                algorithm: HS256
                secret: another secret for tokens of users
                claims: { subject: sub, email: email, role: role }
            operatorRoles: [superAdmin]
            sync:
            """;

    private static final AtomicInteger NEXT_SUBJECT = new AtomicInteger(700_000);

    private final OwnDatabase own = OwnDatabase.migrated();
    private final OwnDatabase legacy = OwnDatabase.empty();
    private final Relay relay = Relay.to(URI.create(Stores.postgresUrl()).getPort());
    private final HookReceiver receiver = HookReceiver.start();
    private final TestClock clock = new TestClock(Instant.now());
    private final LegacyTokens adminTokens = new LegacyTokens("a secret for the tokens of admins", clock);
    private final LegacyTokens userTokens = new LegacyTokens("another secret for tokens of users", clock);
    private final List<Gateway> gateways = new ArrayList<>();
    private String yaml;

    private LegacyTables(String sync) {
        yaml = CONFIG + sync;
        sql("CREATE TABLE admins (id bigint PRIMARY KEY, two_fa_enabled boolean NOT NULL DEFAULT false)");
        sql("CREATE TABLE users (id bigint PRIMARY KEY, two_fa_enabled boolean NOT NULL DEFAULT false)");
        sql("CREATE TABLE seen (no bigint GENERATED ALWAYS AS IDENTITY, id bigint, enabled boolean)");
        sql("CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " INSERT INTO seen (id, enabled) VALUES (new.id, new.two_fa_enabled); RETURN new; END $$");
        sql("CREATE TRIGGER see AFTER UPDATE ON admins FOR EACH ROW EXECUTE FUNCTION see()");
    }

    /** With these entries of {@code sync}, and one gateway. */
    public static LegacyTables with(String... sync) {
        var tables = new LegacyTables(String.join("", sync));
        tables.launch();
        return tables;
    }

    /** One gateway more. */
    public Gateway launch() {
        var settings = settings();
        var gateway = Gateway.start(
                settings, settings.stores().orElseThrow(), settings.secrets().orElseThrow(), clock);
        gateways.add(gateway);
        return gateway;
    }

    /** Puts other entries of {@code sync} in force on all that run. */
    public void reload(String... sync) {
        yaml = CONFIG + String.join("", sync);
        gateways.forEach(gateway -> gateway.reload(settings()));
    }

    /** Ends those that run. */
    public void stopGateways() {
        gateways.forEach(Gateway::close);
        gateways.clear();
    }

    public Gateway gateway() {
        return gateways.getFirst();
    }

    private Settings settings() {
        try {
            var file = Files.createTempFile("portcullis", ".yaml");
            try {
                return switch (ConfigFile.load(Files.writeString(file, yaml), environment())) {
                    case ConfigFile.Valid valid -> valid.settings();
                    case ConfigFile.Invalid invalid -> throw new AssertionError(ConfigReport.print(invalid.problems()));
                };
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The config file on disk, for commands on the host, with the values of its environment in it. */
    public Path write(Path folder) throws IOException {
        Files.writeString(folder.resolve("keyset.json"), TestGateway.keyset());
        var text = yaml.replace("\"${KEYSET}\"", "\"${file:keyset.json}\"");
        for (var variable : environment().entrySet()) {
            text = text.replace("${" + variable.getKey() + "}", variable.getValue());
        }
        return Files.writeString(folder.resolve("portcullis.yaml"), text);
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(TestGateway.storesAndSecrets());
        environment.put("PG_URL", own.url());
        environment.put(
                "LEGACY_PG_URL", legacy.url().replaceFirst("127\\.0\\.0\\.1:\\d+", "127.0.0.1:" + relay.port()));
        environment.put("HOOK_URL", receiver.url());
        environment.put("HOOK_SECRET", HookReceiver.SECRET);
        return environment;
    }

    public Relay relay() {
        return relay;
    }

    public HookReceiver receiver() {
        return receiver;
    }

    public OwnDatabase database() {
        return legacy;
    }

    public OwnDatabase gatewaysDatabase() {
        return own;
    }

    public void sql(String statement) {
        try (var connection = legacy.connect();
                var running = connection.createStatement()) {
            running.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Somebody new, with a record in the table of admins and a token. */
    public Person admin() {
        return admin(NEXT_SUBJECT.incrementAndGet(), "admin");
    }

    /** Who may use the operator routes, and has a second factor. */
    public Person operator() {
        return admin(NEXT_SUBJECT.incrementAndGet(), "superAdmin").enrolled();
    }

    private Person admin(int id, String role) {
        sql("INSERT INTO admins VALUES (" + id + ")");
        return holding(adminTokens, id, role);
    }

    /** The user who has the id of an admin. */
    public Person userLike(Person admin) {
        sql("INSERT INTO users VALUES (" + admin.subject() + ")");
        return holding(userTokens, Integer.parseInt(admin.subject()), "user");
    }

    /** Another token of the same admin. */
    public Person again(Person admin) {
        return admin.holding(token(adminTokens, Integer.parseInt(admin.subject()), "admin"));
    }

    private Person holding(LegacyTokens tokens, int id, String role) {
        return Person.at(gateway().port(), clock).holding(token(tokens, id, role), Integer.toString(id));
    }

    private static String token(LegacyTokens tokens, int id, String role) {
        return tokens.issue(new LegacyAccount(id, id + "@example.com", role, ""), Duration.ofHours(1));
    }

    /** What the legacy backend reads at its next request. */
    public boolean column(String table, Person person) {
        return query("SELECT two_fa_enabled FROM " + table + " WHERE id = " + person.subject())
                .getFirst();
    }

    /** The states that the admin's record was in, one after the other. */
    public List<Boolean> seen(Person admin) {
        return query("SELECT enabled FROM seen WHERE id = " + admin.subject() + " ORDER BY no");
    }

    private List<Boolean> query(String sql) {
        try (var connection = legacy.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<Boolean>();
            while (rows.next()) {
                values.add(rows.getBoolean(1));
            }
            return values;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        stopGateways();
        receiver.close();
        relay.close();
        legacy.close();
        own.close();
    }
}
