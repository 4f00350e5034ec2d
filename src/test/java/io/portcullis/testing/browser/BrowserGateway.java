package io.portcullis.testing.browser;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.redis.RedisSettings;
import io.portcullis.config.Settings;
import io.portcullis.demo.LegacyBackend;
import io.portcullis.server.Gateway;
import io.portcullis.testing.App;
import io.portcullis.testing.ConfigText;
import io.portcullis.testing.MailSink;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Person;
import io.portcullis.testing.RedisProcess;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * The gateway of the demo, by {@code conf/demo.yaml}, at {@code http://localhost}, which a browser trusts as it does https.
 * Nobody has used it before: its stores and its mails are its own. The clock stands still until a test moves it; the
 * browser's own clock, by which cookies expire, goes on.
 */
public final class BrowserGateway implements AutoCloseable {
    private static final Path DEMO = Path.of("conf", "demo.yaml");
    private static final String PEPPER = "the-pepper-of-the-tests-is-public";

    private final int port = Stores.freePort();
    private final TestClock clock = new TestClock(Instant.now());
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final MailSink mails;
    private final RedisProcess redis;

    private BrowserGateway(String changes) {
        try {
            mails = opened(MailSink.start());
            var database = opened(OwnDatabase.migrated());
            redis = opened(RedisProcess.server());
            var backend = opened(LegacyBackend.start("127.0.0.1", 0));
            var stores = new Settings.Stores(database.url(), RedisSettings.at(redis.url()));
            var secrets = new Settings.Secrets(Keysets.create(), PEPPER);
            opened(Gateway.start(settings(changes, backend), stores, secrets, clock));
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    static BrowserGateway start() {
        return with("");
    }

    /**
     * One by the demo's file with changes; the caller closes it.
     *
     * @param changes YAML; its mappings are merged into those of the file, anything else of it replaces what the file has
     */
    public static BrowserGateway with(String changes) {
        return new BrowserGateway(changes);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private Settings settings(String changes, LegacyBackend backend) {
        var environment = Map.of(
                "PORTCULLIS_PORT", Integer.toString(port),
                "PORTCULLIS_MANAGEMENT_PORT", "0",
                "DEMO_BACKEND_PORT", Integer.toString(backend.port()),
                "DEMO_SMTP_PORT", Integer.toString(mails.port()),
                "LEGACY_JWT_SECRET", LegacyBackend.jwtSecret());
        try {
            return ConfigText.settings(MergedYaml.of(Files.readString(DEMO), changes), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its origin, {@code http://localhost:<port>}. */
    public String url() {
        return "http://localhost:" + port;
    }

    public int port() {
        return port;
    }

    public TestClock clock() {
        return clock;
    }

    /** What this gateway has mailed. */
    public MailSink mails() {
        return mails;
    }

    /** The time of every login in progress runs out, which Redis measures by a clock of its own. */
    public void loginsExpire() {
        forget("portcullis:pending:*");
    }

    /** The time of every mailed code runs out, which Redis measures by a clock of its own. */
    public void codesExpire() {
        forget("portcullis:code:*");
    }

    private void forget(String keys) {
        var script = "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end return 'done'";
        redis.command("EVAL", script, "0", keys);
    }

    /** An authenticator app with a secret that a page showed. */
    public App app(String secret) {
        return new App(secret, clock);
    }

    /** Somebody without a token who speaks to the API, not by a browser. */
    public Person nobody() {
        return Person.at(port, clock);
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
