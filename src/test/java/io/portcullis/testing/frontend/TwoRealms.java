package io.portcullis.testing.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.legacy.LegacyProcess;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Two instances with every dialect, by {@code testing/frontends.yaml}, in front of a backend with a table of admins and one of
 * users. Each person is in both, by the same id and e-mail; which of the two logs in, the password tells.
 */
public final class TwoRealms implements AutoCloseable {
    public static final String ADMIN_REALM = "frontend-admin";
    public static final String USER_REALM = "frontend-user";
    public static final String ADMIN_PASSWORD = "the password of the admin";
    public static final String USER_PASSWORD = "the password of the user";

    private static final AtomicInteger NEXT_ID = new AtomicInteger();

    private final OwnDatabase database = OwnDatabase.empty();
    private final LegacyProcess backend;
    private final TestGateway gateway;

    private TwoRealms() throws Exception {
        database.tamper(
                "CREATE TABLE admins (id bigint PRIMARY KEY, email text, role text, password_hash text,"
                        + " two_fa_enabled boolean NOT NULL DEFAULT false)",
                "CREATE TABLE users (id bigint PRIMARY KEY, email text, password_hash text,"
                        + " two_fa_enabled boolean NOT NULL DEFAULT false)");
        backend = LegacyProcess.onTables(jdbc(database.url()));
        gateway = TestGateway.inFrontOf(backend.port(), Map.of("LEGACY_DB", database.url()), "frontends.yaml");
    }

    /** Gives tests the one of a JVM, with its clock at now. */
    public static final class Provided implements ParameterResolver {
        private static final Namespace NAMESPACE = Namespace.create(TwoRealms.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType().equals(TwoRealms.class);
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            var realms = ofClass(context).getStore(NAMESPACE).computeIfAbsent("one", key -> started(), TwoRealms.class);
            var clock = realms.gateway.clock();
            clock.advance(Duration.between(clock.instant(), Instant.now()));
            return realms;
        }

        /** It ends with the class: its outbox worker, by a clock of its own, would take the notices of other tests. */
        private static ExtensionContext ofClass(ExtensionContext context) {
            var one = context;
            while (one.getTestMethod().isPresent()) {
                one = one.getParent().orElseThrow();
            }
            return one;
        }

        private static TwoRealms started() {
            try {
                return new TwoRealms();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Somebody whom no test has met. */
    public record Somebody(int id, String email) {
        public String subject() {
            return Integer.toString(id);
        }
    }

    public Somebody somebody() {
        int id = NEXT_ID.incrementAndGet();
        var email = "person" + id + "@tables.example.com";
        database.tamper(
                "INSERT INTO admins VALUES (%d, '%s', 'admin', '%s')".formatted(id, email, Hashes.ADMIN),
                "INSERT INTO users VALUES (%d, '%s', '%s')".formatted(id, email, Hashes.USER));
        return new Somebody(id, email);
    }

    private static final class Hashes {
        static final String ADMIN = bcrypt(ADMIN_PASSWORD);
        static final String USER = bcrypt(USER_PASSWORD);

        private static String bcrypt(String password) {
            return OpenBSDBCrypt.generate(password.toCharArray(), new byte[16], 4);
        }
    }

    public TestGateway gateway() {
        return gateway;
    }

    public BetterAuthFrontend betterAuth() {
        return BetterAuthFrontend.at(gateway.port(), gateway.clock());
    }

    public ThreeStateFrontend threeState() {
        return ThreeStateFrontend.at(gateway.port(), gateway.clock());
    }

    /** What the dashboard answers on both instances: the code of the refusal, or the status. */
    public void assertMetrics(Fetch page, String expected) {
        for (int port : new int[] {gateway.secondPort(), gateway.port()}) {
            page.moveTo(port);
            assertThat(metrics(page)).isEqualTo(expected);
        }
    }

    /** Nobody is logged in here any more: at once on the instance that ended the session, as soon as it is told on the other. */
    public void assertEnded(Fetch page) throws Exception {
        page.moveTo(gateway.port());
        assertThat(metrics(page)).isEqualTo("AUTH_REQUIRED");
        page.moveTo(gateway.secondPort());
        Await.until("the other instance knows of the end", () -> metrics(page).equals("AUTH_REQUIRED"));
        page.moveTo(gateway.port());
    }

    private static String metrics(Fetch page) {
        return page.get("/admin/metrics").code();
    }

    /** What the backend reads in {@code admins} or {@code users}. */
    public boolean column(String table, Somebody person) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT two_fa_enabled FROM %s WHERE id = %d".formatted(table, person.id()))) {
            assertThat(row.next()).isTrue();
            return row.getBoolean(1);
        }
    }

    private static String jdbc(String url) {
        var uri = URI.create(url);
        var user = uri.getRawUserInfo().split(":", 2);
        return "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath() + "?user=" + user[0]
                + (user.length > 1 ? "&password=" + user[1] : "");
    }

    @Override
    public void close() {
        gateway.close();
        backend.close();
        database.close();
    }
}
