package io.portcullis.adapter.mail;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.notice.Message;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Mails by SMTP (RFC 5321), each on a connection of its own. A password goes over TLS or stays on this machine;
 * certificate and host name are always verified.
 */
public final class SmtpMailer implements Channel {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 16;

    /** What the library says when it has not tried to log in at all. */
    private static final String NO_SUCH_MECHANISM = "login is required, but no allowed AUTH methods available";

    private final Vertx vertx;
    private final SmtpUrl url;
    private final Sender from;
    private final MailSettings settings;
    private final LetterWriter writer;
    private final Semaphore connections = new Semaphore(CONNECTIONS);
    private volatile String mechanism = "PLAIN";

    SmtpMailer(Vertx vertx, MailSettings.Smtp smtp, MailSettings settings) {
        this.vertx = vertx;
        this.url = smtp.url();
        this.from = smtp.from();
        this.settings = settings;
        this.writer = new LetterWriter(settings.brand());
    }

    @Override
    public void send(Message message) {
        var to = MailAddress.of(message.to())
                .orElseThrow(() -> new Refused(Problem.InvalidRequest.field("email", "must be an e-mail address")));
        var mail = mail(to, writer.write(message));
        long end = System.nanoTime() + DEADLINE.toNanos();
        Delivery.run(url.host(), () -> {
            if (!connections.tryAcquire(left(end), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException("all connections are in use");
            }
            try {
                send(mail, end);
            } finally {
                connections.release();
            }
        });
    }

    /** One password is tried once: a relay may lock whoever is wrong several times. */
    private void send(MailMessage mail, long end) throws Throwable {
        try {
            send(mail, mechanism, end);
        } catch (Exception failure) {
            if (!String.valueOf(failure.getMessage()).startsWith(NO_SUCH_MECHANISM)) {
                throw failure;
            }
            var other = mechanism.equals("PLAIN") ? "LOGIN" : "PLAIN";
            send(mail, other, end);
            mechanism = other;
        }
    }

    /**
     * By a client of its own. One that is kept tries a refused password twice once it has worked before; and it switches
     * the check of host names off when it is made from options that an earlier one was made from.
     */
    private void send(MailMessage mail, String mechanism, long end) throws Throwable {
        var client = MailClient.create(vertx, config(mechanism, left(end)));
        try {
            client.sendMail(mail).await(left(end), TimeUnit.MILLISECONDS);
        } finally {
            client.close();
        }
    }

    private static long left(long end) {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
    }

    /** Host names are checked as long as no algorithm is set here: the library clears one that it finds set. */
    private MailConfig config(String mechanism, long millis) {
        var config = new MailConfig(url.host(), url.port())
                .setOwnHostname(from.domain())
                .setUserAgent("portcullis")
                .setKeepAlive(false)
                .setMaxPoolSize(1)
                // With it, a server that refuses the person may be left waiting for the text of the mail.
                .setPipelining(false)
                .setSsl(url.tls())
                .setStarttls(startTls())
                .setAuthMethods(mechanism)
                .setLogin(LoginOption.DISABLED);
        config.setConnectTimeout((int) millis)
                .setSslHandshakeTimeout(millis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                // The connection to a frozen server ends by itself, about when the wait for it does.
                .setIdleTimeout((int) millis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        settings.ca().ifPresent(pem -> config.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
        url.login()
                .ifPresent(login -> config.setLogin(LoginOption.REQUIRED)
                        .setUsername(login.user())
                        .setPassword(login.password()));
        return config;
    }

    private StartTLSOptions startTls() {
        if (url.tls()) {
            return StartTLSOptions.DISABLED;
        }
        return url.login().isPresent() && !url.loopback() ? StartTLSOptions.REQUIRED : StartTLSOptions.OPTIONAL;
    }

    private MailMessage mail(MailAddress to, Letter letter) {
        return new MailMessage()
                .setFrom(from.address())
                .setTo(to.text())
                .setText(letter.text())
                .setHtml(letter.html())
                .setHeaders(MultiMap.caseInsensitiveMultiMap()
                        .set("From", from.header())
                        .set("Subject", EncodedWords.text(letter.subject()))
                        .set("Auto-Submitted", "auto-generated")); // RFC 3834: no out-of-office answers, please
    }

    @Override
    public void close() {}
}
