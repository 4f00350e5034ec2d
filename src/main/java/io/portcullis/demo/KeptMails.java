package io.portcullis.demo;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest mails, in memory. For many threads. */
final class KeptMails {
    static final int MOST = 50;

    private final InstantSource clock;
    private final Deque<Mail> newestFirst = new ArrayDeque<>();
    private long arrived;

    KeptMails(InstantSource clock) {
        this.clock = clock;
    }

    /** Keeps one more, and forgets the oldest when there are too many. */
    synchronized void add(String to, byte[] bytes) throws MessagingException, IOException {
        var at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        newestFirst.addFirst(Mail.read(arrived + 1, at, to, bytes));
        arrived++;
        if (newestFirst.size() > MOST) {
            newestFirst.removeLast();
        }
    }

    synchronized List<Mail> newestFirst() {
        return List.copyOf(newestFirst);
    }
}
