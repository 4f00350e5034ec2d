package io.portcullis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.config.ConfigFile;
import io.portcullis.config.Settings;
import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.demo.LegacyBackend;
import io.portcullis.demo.LegacyTokens;
import io.portcullis.server.Gateway;
import io.portcullis.yaml.ConfigReport;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The real gateway, two instances of it, on the shared stores and in front of the real demo backend, by the config file
 * {@code testing/gateway.yaml}. The clock stands still until a test moves it.
 */
public final class TestGateway implements AutoCloseable {
    /** An origin that the config allows. */
    public static final String CONSOLE = "https://console.example.com";

    private static final String KEYSET = Keysets.create();

    private static final String ASSERTION_KEYS = assertionKeys();

    /** One for all gateways of a JVM: they share the outbox, and whoever claims a notice sends it. */
    private static final MailSink MAILS = MailSink.start();

    private static final AtomicInteger NEXT_SUBJECT = new AtomicInteger(1_000);
    private static final AtomicInteger NEXT_REALM = new AtomicInteger();

    private final String realm;
    private final String config;
    private final Map<String, String> overrides;
    private final TestClock clock = new TestClock(Instant.now());
    private final LegacyTokens tokens = new LegacyTokens(LegacyBackend.DEMO_JWT_SECRET, clock);
    private final LegacyBackend backend;
    private final Gateway gateway;
    private Optional<Gateway> second = Optional.empty();

    private TestGateway(String realm, List<String> files, Map<String, String> overrides) {
        this.realm = realm;
        this.config =
                String.join("\n", files.stream().map(TestGateway::resource).toList());
        this.overrides = Map.copyOf(overrides);
        MAILS.recover();
        this.backend = LegacyBackend.start("127.0.0.1", 0);
        this.gateway = launch();
    }

    /** One whose realm nobody used before, so that the people of the legacy backend are unknown to it. */
    static TestGateway start() {
        return with(Map.of());
    }

    /** The same with other values for placeholders of the config file, such as {@code AUTO_CONFIRM}; the caller closes it. */
    public static TestGateway with(Map<String, String> overrides) {
        return by("gateway.yaml", overrides);
    }

    /** One by another config file in {@code testing}, with values for its placeholders; the caller closes it. */
    public static TestGateway by(String file, Map<String, String> overrides) {
        return by(List.of(file), overrides);
    }

    /** One in front of another backend, by a config file that is made of these files of {@code testing}; the caller closes it. */
    public static TestGateway inFrontOf(int port, Map<String, String> overrides, String... files) {
        var values = new HashMap<>(overrides);
        values.put("LEGACY_URL", "http://127.0.0.1:" + port);
        return by(List.of(files), values);
    }

    /** One by a config file that is made of these of {@code testing}; the caller closes it. */
    public static TestGateway by(List<String> files, Map<String, String> overrides) {
        return new TestGateway("realm" + NEXT_REALM.incrementAndGet(), files, overrides);
    }

    private Gateway launch() {
        return launch(settings().secrets().orElseThrow());
    }

    private Gateway launch(Settings.Secrets secrets) {
        var settings = settings();
        var launched = Gateway.start(settings, settings.stores().orElseThrow(), secrets, clock);
        Described.forget(launched.port());
        return launched;
    }

    private Settings settings() {
        var environment = new HashMap<>(storesAndSecrets());
        environment.put("REALM", realm);
        environment.put("LEGACY_URL", "http://127.0.0.1:" + backend.port());
        environment.putAll(overrides);
        try {
            var file = Files.createTempFile("portcullis", ".yaml");
            try {
                Files.writeString(file, config);
                return switch (ConfigFile.load(file, environment)) {
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

    private static String resource(String file) {
        try (var resource = Objects.requireNonNull(TestGateway.class.getResourceAsStream("/testing/" + file), file)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String assertionKeys() {
        try {
            return SigningKeys.pem("Ed25519", 255);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a config file needs of the environment to run on the shared stores. */
    public static Map<String, String> storesAndSecrets() {
        return Map.of(
                "PG_URL",
                Stores.postgresUrl(),
                "REDIS_URL",
                Stores.redisUrl(),
                "KEYSET",
                KEYSET,
                "PEPPER",
                "the-pepper-of-the-tests-is-public",
                "LEGACY_JWT_SECRET",
                LegacyBackend.DEMO_JWT_SECRET,
                "ASSERTION_KEYS",
                ASSERTION_KEYS,
                "MAIL_URL",
                MAILS.url());
    }

    public TestClock clock() {
        return clock;
    }

    /** What all gateways of this JVM have mailed. */
    public MailSink mails() {
        return MAILS;
    }

    public String realm() {
        return realm;
    }

    /** The config file, as it is before its placeholders are replaced. */
    String config() {
        return config;
    }

    Map<String, String> overrides() {
        return overrides;
    }

    /** The code in the next mail to somebody that brings one. */
    public String mailedCode(Person person) {
        return MAILS.awaitCode(address(person));
    }

    /** Where somebody's mails go. */
    public static String address(Person person) {
        return LegacyAccounts.ALL.stream()
                .filter(account -> Integer.toString(account.id()).equals(person.subject()))
                .map(LegacyAccount::email)
                .findFirst()
                .orElseGet(() -> person.subject() + "@example.com");
    }

    /** The whole set-up of codes by e-mail; two-factor from here on. */
    public Person enrolledByEmail(Person person) {
        assertThat(person.startSetup("email").status()).isEqualTo(200);
        assertThat(person.confirmSetup(mailedCode(person)).status()).isEqualTo(200);
        return person;
    }

    /** Puts the config file in force anew, on the first instance. */
    public void reload() {
        gateway.reload(settings());
    }

    public int port() {
        return gateway.port();
    }

    public int managementPort() {
        return gateway.managementPort();
    }

    /** The port of another instance on the same stores, started when first asked for. */
    public synchronized int secondPort() {
        if (second.isEmpty()) {
            second = Optional.of(launch());
        }
        return second.get().port();
    }

    /** For good; on a gateway of the test's own. */
    public void stopBackend() {
        backend.close();
    }

    /** Another instance on the same stores that runs with another keyset, until the caller closes it. */
    public Gateway launchWith(String keyset) {
        var secrets = settings().secrets().orElseThrow();
        return launch(new Settings.Secrets(keyset, secrets.pepper()));
    }

    /** The keyset of the first two instances. */
    public static String keyset() {
        return KEYSET;
    }

    public int backendPort() {
        return backend.port();
    }

    /** Somebody without a token. */
    public Person nobody() {
        return Person.at(port(), clock);
    }

    /** Somebody whom no test has met, with a token of the legacy backend and the role {@code admin}. */
    public Person loggedIn() {
        return loggedIn("admin");
    }

    public Person loggedIn(String role) {
        int id = NEXT_SUBJECT.incrementAndGet();
        return nobody().holding(token(id, role, LegacyTokens.TTL), Integer.toString(id));
    }

    /** Another token of the same account. */
    public Person again(Person person) {
        return person.holding(token(Integer.parseInt(person.subject()), "admin", LegacyTokens.TTL));
    }

    public String token(int subject, String role, Duration ttl) {
        return token(new LegacyAccount(subject, subject + "@example.com", role, ""), ttl);
    }

    public String token(LegacyAccount account, Duration ttl) {
        return tokens.issue(account, ttl);
    }

    /** The legacy login through the gateway. */
    public Answer login(LegacyAccount account) {
        return nobody().post("/admin/login", form(account));
    }

    /** Somebody of the legacy backend who has no second factor, logged in there through the gateway. */
    public Person loggedIn(LegacyAccount account) {
        var answer = login(account);
        assertThat(answer.status()).isEqualTo(200);
        return nobody().holding(answer.string("/token"), Integer.toString(account.id()));
    }

    public static JsonObject form(LegacyAccount account) {
        return JsonObject.of("email", account.email(), "password", account.password());
    }

    /** Back to now, and with a mail server that serves: for a test that begins. */
    void reset() {
        MAILS.recover();
        clock.advance(Duration.between(clock.instant(), Instant.now()));
    }

    @Override
    public void close() {
        second.ifPresent(Gateway::close);
        gateway.close();
        backend.close();
    }
}
