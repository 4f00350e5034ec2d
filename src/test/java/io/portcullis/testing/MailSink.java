package io.portcullis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.LoginAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.auth.PlainAuthenticationHandlerFactory;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.SessionHandler;

/** A real SMTP server that keeps what it takes. It can refuse, freeze and stop, and comes back on the same port. */
public final class MailSink implements AutoCloseable {
    public static final String USER = "port:cullis";
    public static final String PASSWORD = "p@ss:wörd/%1";
    private static final String CREDENTIALS = "port%3Acullis:p%40ss%3Aw%C3%B6rd%2F%251@";
    private static final Logger SERVER = Logger.getLogger("org.subethamail");

    /** How it speaks. The encrypted ones have the certificate of a {@link PrivateCa} and want {@link #USER} to log in. */
    public enum Security {
        PLAIN,
        STARTTLS,
        TLS
    }

    private final Security security;
    private final boolean login;
    private final String mechanism;
    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final Map<String, BlockingQueue<Mail>> unread = new ConcurrentHashMap<>();
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile CountDownLatch thawed = new CountDownLatch(0);
    private volatile boolean refusing;
    private final int port;
    private SMTPServer server;

    private MailSink(Security security, boolean login, String mechanism) {
        this.security = security;
        this.login = login;
        this.mechanism = mechanism;
        SERVER.setLevel(Level.SEVERE);
        this.server = launch(0);
        this.port = server.getPortAllocated();
    }

    /** Without encryption or login. */
    public static MailSink start() {
        return new MailSink(Security.PLAIN, false, "PLAIN");
    }

    public static MailSink start(Security security) {
        return new MailSink(security, true, "PLAIN");
    }

    /** One that offers no other way to log in than {@code AUTH LOGIN}. */
    public static MailSink startWithLoginOnly(Security security) {
        return new MailSink(security, true, "LOGIN");
    }

    public int port() {
        return port;
    }

    /** For {@code mail.url}. */
    public String url() {
        return url("localhost");
    }

    public String url(String host) {
        return (security == Security.TLS ? "smtps://" : "smtp://") + (login ? CREDENTIALS : "") + host + ":" + port;
    }

    /** All it ever took, oldest first. */
    public List<Mail> mails() {
        return List.copyOf(mails);
    }

    /** Every code that was ever mailed to an address, oldest first. Notices come when the outbox is worked off; they are none. */
    public List<String> codes(String to) {
        return mails.stream()
                .filter(mail -> mail.to().equals(to))
                .flatMap(mail -> mail.code().stream())
                .toList();
    }

    /** The next mail to an address: the oldest that was not awaited before. Comes when it comes. */
    public Mail await(String to) {
        try {
            var mail = unread(to).poll(30, TimeUnit.SECONDS); // only what never comes takes so long
            assertThat(mail).as("a mail to " + to).isNotNull();
            return mail;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The code in the next mail to an address that brings one; notices before it are passed over. */
    public String awaitCode(String to) {
        while (true) {
            var code = await(to).code();
            if (code.isPresent()) {
                return code.get();
            }
        }
    }

    /** The next mail to an address with this subject; others to the address stay to be awaited. */
    public Mail await(String to, String subject) throws Exception {
        var found = new AtomicReference<Mail>();
        Await.until("there is a mail to " + to + ": " + subject, () -> {
            for (var mail : unread(to)) {
                if (mail.subject().equals(subject)) {
                    unread(to).remove(mail);
                    found.set(mail);
                    return true;
                }
            }
            return false;
        });
        return found.get();
    }

    /** How many times somebody tried to log in. */
    public int logins() {
        return logins.get();
    }

    /** Whether every recipient is refused from now on. */
    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** Connections are taken from now on, and then nothing is said. */
    public void freeze() {
        thawed = new CountDownLatch(1);
    }

    /** How many clients hear nothing now. */
    public int waiting() {
        return waiting.get();
    }

    public void thaw() {
        thawed.countDown();
    }

    /** Closes every connection; a new one is refused. */
    public synchronized void stop() {
        thaw();
        server.stop();
    }

    /** Serves again, on the same port, after {@link #stop()}. */
    public synchronized void restart() {
        server = launch(port);
    }

    /** Serves again, whatever a test did to it; what nobody awaited is awaited no more. */
    synchronized void recover() {
        unread.clear();
        refuse(false);
        thaw();
        if (!server.isRunning()) {
            restart();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private SMTPServer launch(int port) {
        var builder = new SMTPServer.Builder()
                .bindAddress(login ? Optional.empty() : Optional.of(InetAddress.getLoopbackAddress()))
                .port(port)
                .hostName("sink.example.com")
                .sessionHandler(new Entrance())
                .messageHandlerFactory(context -> new Taking());
        if (login) {
            builder.requireAuth()
                    .authenticationHandlerFactory(
                            mechanism.equals("LOGIN")
                                    ? new LoginAuthenticationHandlerFactory(this::logIn)
                                    : new PlainAuthenticationHandlerFactory(this::logIn));
        }
        switch (security) {
            case PLAIN -> {}
            case STARTTLS ->
                builder.requireTLS().startTlsSocketFactory(PrivateCa.shared().server());
            case TLS -> builder.serverSocketFactory(PrivateCa.shared().server());
        }
        var launched = builder.build();
        launched.start();
        return launched;
    }

    private void logIn(String user, String password, MessageContext context) throws LoginFailedException {
        logins.incrementAndGet();
        if (!user.equals(USER) || !password.equals(PASSWORD)) {
            throw new LoginFailedException();
        }
    }

    private BlockingQueue<Mail> unread(String to) {
        return unread.computeIfAbsent(to, address -> new LinkedBlockingQueue<>());
    }

    private void waitWhileFrozen() {
        waiting.incrementAndGet();
        try {
            thawed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private final class Entrance implements SessionHandler {
        @Override
        public SessionAcceptance accept(org.subethamail.smtp.server.Session session) {
            waitWhileFrozen();
            return SessionAcceptance.success();
        }

        @Override
        public void onSessionEnd(org.subethamail.smtp.server.Session session) {}
    }

    private final class Taking implements MessageHandler {
        private final List<String> recipients = new ArrayList<>();

        @Override
        public void from(String from) {}

        @Override
        public void recipient(String recipient) throws RejectException {
            waitWhileFrozen();
            if (refusing) {
                throw new RejectException(550, "No such person " + recipient);
            }
            recipients.add(recipient);
        }

        @Override
        public @Nullable String data(InputStream data) throws IOException {
            var bytes = data.readAllBytes();
            for (var recipient : recipients) {
                var mail = Mail.read(recipient, bytes);
                mails.add(mail);
                unread(recipient).add(mail);
            }
            return null;
        }

        @Override
        public void done() {}
    }
}
