package io.portcullis.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code redis://user:password@host:port/db}, or {@code rediss} for TLS; user, password, port and db may be left out; user and
 * password percent-encoded. Prints itself hidden.
 */
public final class RedisUrl {
    private static final int DEFAULT_PORT = 6379;
    private static final Pattern FORM = Pattern.compile("redis(?<tls>s?)://(?<user>([^/@%]|%[0-9a-fA-F]{2})*@)?"
            + "(?<host>[A-Za-z0-9._-]+|\\[[0-9a-fA-F:]+])(:(?<port>\\d{1,5}))?(/(?<db>\\d{1,5})?)?");

    private final boolean tls;
    private final String userInfo;
    private final RedisNode node;
    private final Optional<String> db;

    private RedisUrl(boolean tls, String userInfo, RedisNode node, Optional<String> db) {
        this.tls = tls;
        this.userInfo = userInfo;
        this.node = node;
        this.db = db;
    }

    /** Throws {@code IllegalArgumentException} when it is not of this form; the message repeats no part of it. */
    public static RedisUrl of(String url) {
        var parts = FORM.matcher(url);
        try {
            if (parts.matches()) {
                var host = parts.group("host");
                var port = parts.group("port");
                return new RedisUrl(
                        !parts.group("tls").isEmpty(),
                        Optional.ofNullable(parts.group("user")).orElse(""),
                        new RedisNode(
                                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                                port == null ? DEFAULT_PORT : Integer.parseInt(port)),
                        Optional.ofNullable(parts.group("db")));
            }
        } catch (IllegalArgumentException noPort) {
            // told below
        }
        throw new IllegalArgumentException("the Redis URL is not of the form redis://user:password@host:port/db,"
                + " user and password percent-encoded");
    }

    /** A server that takes user and password, which need no encoding here; an empty user is {@code default}. */
    static RedisUrl of(boolean tls, Optional<String> user, Optional<String> password, RedisNode node) {
        var userInfo = password.map(secret -> encoded(user.orElse("")) + ":" + encoded(secret) + "@");
        return new RedisUrl(tls, userInfo.orElse(""), node, Optional.empty());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    public boolean tls() {
        return tls;
    }

    /** Whether it names a database other than 0. */
    public boolean namesDatabase() {
        return db.filter(number -> Integer.parseInt(number) != 0).isPresent();
    }

    /** Whether the other has the same user and password, and TLS or not. */
    public boolean sameAccess(RedisUrl other) {
        return tls == other.tls && userInfo.equals(other.userInfo);
    }

    RedisNode node() {
        return node;
    }

    /** Another server that is reached alike. */
    RedisUrl at(RedisNode other) {
        return new RedisUrl(tls, userInfo, other, db);
    }

    /** With user and password in it. */
    String text() {
        return (tls ? "rediss://" : "redis://")
                + userInfo
                + node
                + db.map(number -> "/" + number).orElse("");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RedisUrl url && text().equals(url.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return "RedisUrl[" + node + "]";
    }
}
