package io.portcullis.domain.audit;

import io.portcullis.domain.account.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The events that were written down, to be read. Blocks; {@code StoreUnavailable} when the store does not answer. */
public interface AuditLog {
    /** The events that {@code filter} lets through, newest first. */
    List<Recorded> find(Filter filter);

    /**
     * An event in its place.
     *
     * @param id rises by one from each event to the next, over all accounts
     */
    record Recorded(long id, Account account, AuditEvent event) {}

    /**
     * What is asked for; empty parts let everything through.
     *
     * @param from the earliest time, included
     * @param to the latest time, not included
     * @param before only events with a lower id: the page that follows one which ended with this id
     * @param limit how many at the most, from 1 to 500
     */
    record Filter(
            Optional<String> realm,
            Optional<String> subject,
            Optional<AuditEvent.Type> type,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<Long> before,
            int limit) {
        public static final int LARGEST_LIMIT = 500;

        public Filter {
            if (limit < 1 || limit > LARGEST_LIMIT) {
                throw new IllegalArgumentException("limit is from 1 to " + LARGEST_LIMIT);
            }
        }

        /** One account's own events. */
        public static Filter of(Account account, Optional<Long> before, int limit) {
            return new Filter(
                    Optional.of(account.realm()),
                    Optional.of(account.subject()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    before,
                    limit);
        }
    }
}
