package io.portcullis.demo;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server that delivers nothing: it takes every mail, whoever it is for, and shows the newest on a page. Both on
 * loopback alone. Closing it frees its ports and forgets the mails.
 */
public final class Mailbox implements AutoCloseable {
    private static final int LARGEST = 1024 * 1024;

    private final SMTPServer smtp;
    private final Vertx vertx;
    private final HttpServer pages;

    private Mailbox(SMTPServer smtp, Vertx vertx, HttpServer pages) {
        this.smtp = smtp;
        this.vertx = vertx;
        this.pages = pages;
    }

    /**
     * Starts and waits until both listen: the pages on this port, the mail server on a free one. Not to be called on an
     * event loop.
     *
     * @param port 0 for any free one, told by {@link #port()}
     */
    public static Mailbox start(int port) {
        var mails = new KeptMails(InstantSource.system());
        var smtp = smtp(mails);
        // It serves no files, so it needs no cache directory, which would stay behind when it is killed.
        var files = new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        var vertx = Vertx.vertx(new VertxOptions().setFileSystemOptions(files).setEventLoopPoolSize(1));
        try {
            smtp.start();
            var pages = vertx.createHttpServer()
                    .requestHandler(new MailboxRoutes(mails))
                    .listen(port, "127.0.0.1")
                    .await();
            return new Mailbox(smtp, vertx, pages);
        } catch (RuntimeException failure) {
            smtp.stop();
            vertx.close().await();
            throw failure;
        }
    }

    private static SMTPServer smtp(KeptMails mails) {
        return new SMTPServer.Builder()
                .bindAddress(InetAddress.getLoopbackAddress())
                .port(0)
                .hostName("mailbox.example.com")
                .maxMessageSize(LARGEST)
                .messageHandler((context, from, to, bytes) -> take(mails, to, bytes))
                .build();
    }

    private static void take(KeptMails mails, String to, byte[] bytes) throws RejectException {
        try {
            mails.add(to, bytes);
        } catch (MessagingException | IOException unreadable) {
            throw new RejectException(554, "This is no mail that can be read");
        }
    }

    /** Of the pages: {@code /mailbox} and {@code /mailbox.json}. */
    public int port() {
        return pages.actualPort();
    }

    /** Of the mail server, without encryption or login. */
    public int smtpPort() {
        return smtp.getPortAllocated();
    }

    @Override
    public void close() {
        smtp.stop();
        vertx.close().await();
    }
}
