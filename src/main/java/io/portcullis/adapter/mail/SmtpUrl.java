package io.portcullis.adapter.mail;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the mail server is.
 *
 * @param tls encrypted from the first byte (RFC 8314); otherwise by STARTTLS
 */
public record SmtpUrl(String host, int port, boolean tls, Optional<Login> login) {
    private static final Pattern FORM = Pattern.compile(
            "(smtps?)://(?:([^:/@]+):([^:/@]+)@)?" + "(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]+))(?::([0-9]{1,5}))?/?");

    /** Who we are there. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[hidden]";
        }
    }

    /**
     * From {@code smtp://user:password@host:port} or {@code smtps}; port, and user with password, may be left out.
     *
     * @throws IllegalArgumentException when it is not of this form; the message repeats no part of it
     */
    public static SmtpUrl of(String url) {
        var parts = FORM.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "mail.url must be smtp://USER:PASSWORD@HOST:PORT or smtps://USER:PASSWORD@HOST:PORT, special"
                            + " characters of user and password percent-encoded");
        }
        boolean tls = parts.group(1).equals("smtps");
        var host = parts.group(4) == null ? parts.group(5) : parts.group(4);
        return new SmtpUrl(host, port(parts, tls), tls, login(parts));
    }

    /** Without one: that of submission (RFC 6409), of submission over TLS, or of a relay that wants no login. */
    private static int port(Matcher parts, boolean tls) {
        if (parts.group(6) == null) {
            return tls ? 465 : parts.group(2) == null ? 25 : 587;
        }
        int port = Integer.parseInt(parts.group(6));
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("mail.url has a port from 1 to 65535");
        }
        return port;
    }

    private static Optional<Login> login(Matcher parts) {
        return parts.group(2) == null
                ? Optional.empty()
                : Optional.of(new Login(decoded(parts.group(2)), decoded(parts.group(3))));
    }

    private static String decoded(String part) {
        try {
            var text = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (text.chars().noneMatch(Character::isISOControl)) {
                return text;
            }
        } catch (IllegalArgumentException badPercent) {
            // told below
        }
        throw new IllegalArgumentException("mail.url has a user or password that is not rightly percent-encoded");
    }

    /** Whether what is sent there stays on this machine. */
    boolean loopback() {
        var name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("::1") || name.matches("127(\\.[0-9]{1,3}){3}");
    }

    @Override
    public String toString() {
        return "SmtpUrl[" + host + ':' + port + ']';
    }
}
