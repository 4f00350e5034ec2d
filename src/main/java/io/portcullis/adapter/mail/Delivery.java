package io.portcullis.adapter.mail;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.vertx.ext.mail.SMTPException;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to hand a message over. */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int DEEPEST_CAUSE = 5;

    private Delivery() {}

    /** The server answered, and not with yes. */
    static final class Declined extends Exception {
        private final int status;

        Declined(int status) {
            super(Integer.toString(status), null, false, false);
            this.status = status;
        }
    }

    interface Attempt {
        void run() throws Throwable; // await() throws whatever the future failed with
    }

    /**
     * Runs it on the caller's virtual thread.
     *
     * @throws Refused {@code MailUnavailable} for whatever went wrong outside this process
     */
    static void run(String host, Attempt attempt) {
        try {
            attempt.run();
        } catch (Throwable failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            if (failure instanceof Error bug) {
                throw bug;
            }
            LOG.warn("{} did not take a message: {}", host, kind(failure));
            throw new Refused(new Problem.MailUnavailable());
        }
    }

    /** Without the message of anything that a server said: it repeats addresses. */
    private static String kind(Throwable failure) {
        if (failure instanceof SMTPException refused) {
            return "it answered " + refused.getReplyCode();
        }
        if (failure instanceof Declined declined) {
            return "it answered " + declined.status;
        }
        if (failure.getClass().getSimpleName().equals("NoStackTraceThrowable")) { // deprecated, and yet what is thrown
            return String.valueOf(failure.getMessage()); // the mail library's own words, for what no server said
        }
        var kinds = new ArrayList<String>();
        for (var cause = failure; cause != null && kinds.size() < DEEPEST_CAUSE; cause = cause.getCause()) {
            kinds.add(cause.getClass().getSimpleName());
        }
        return String.join(", ", kinds);
    }
}
