package io.portcullis.adapter.postgres;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManagerFactory;

/**
 * {@code postgresql://user:password@host:port/database}, each part percent-encoded, for both of our clients. Prints
 * itself hidden.
 *
 * <p>{@code ?sslmode=} is {@code disable} (the default), {@code require} (encrypted, the server is not checked) or
 * {@code verify-full} (the server's certificate is checked against the JDK's trust store, and its name).
 */
public final class PostgresUrl {
    /** The parser has defaults for what is left out; we have none. */
    private static final Pattern COMPLETE =
            Pattern.compile("postgres(ql)?://[^/@]+@([^/@:\\[]+|\\[[0-9a-fA-F:]+])(:\\d+)?/[^/?]+(\\?.*)?");

    private final PgConnectOptions options;

    private PostgresUrl(PgConnectOptions options) {
        this.options = options;
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException when it is none of this form; the message repeats no part of it
     */
    @SuppressWarnings("UnusedException") // the parser's own exception repeats the URL with its password
    public static PostgresUrl of(String url) {
        try {
            var options = PgConnectOptions.fromUri(url);
            if (!COMPLETE.matcher(url).matches() || !secured(options)) {
                throw new IllegalArgumentException();
            }
            return new PostgresUrl(options);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the PostgreSQL URL is not of the form"
                    + " postgresql://user:password@host:port/database, each part percent-encoded,"
                    + " with ?sslmode=disable, require or verify-full");
        }
    }

    /** Host and port, for people. */
    public String address() {
        return options.getHost() + ":" + options.getPort();
    }

    private static boolean secured(PgConnectOptions options) {
        var tls = new ClientSSLOptions();
        switch (options.getSslMode()) {
            case DISABLE -> {
                return true;
            }
            case REQUIRE -> options.setSslOptions(tls.setTrustAll(true).setHostnameVerificationAlgorithm(""));
            case VERIFY_FULL ->
                options.setSslOptions(tls.setTrustOptions(jdkTrust()).setHostnameVerificationAlgorithm("HTTPS"));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static TrustOptions jdkTrust() {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init((KeyStore) null);
            return TrustOptions.wrap(trust);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's trust store does not load", e);
        }
    }

    /** For the pool; the server is told the parameters at the start of each connection. */
    public PgConnectOptions vertx(Map<String, String> parameters) {
        var connect = new PgConnectOptions(options);
        parameters.forEach(connect::addProperty);
        return connect;
    }

    /** For JDBC; user and password are given apart, so that no message of a driver repeats them. */
    String jdbc() {
        var host = options.getHost().contains(":") ? "[" + options.getHost() + "]" : options.getHost();
        var url = "jdbc:postgresql://" + host + ":" + options.getPort() + "/"
                + URLEncoder.encode(options.getDatabase(), StandardCharsets.UTF_8);
        return switch (options.getSslMode()) {
            case REQUIRE -> url + "?sslmode=require";
            case VERIFY_FULL -> url + "?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";
            default -> url + "?sslmode=disable";
        };
    }

    String user() {
        return options.getUser();
    }

    String password() {
        return options.getPassword();
    }

    @Override
    public String toString() {
        return "PostgresUrl[" + options.getHost() + ":" + options.getPort() + "/" + options.getDatabase() + "]";
    }
}
