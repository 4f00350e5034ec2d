package io.portcullis.adapter.postgres;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks for every row of the audit log that was altered, taken away or put in. Reads in steps, so it may run beside
 * gateways that go on writing, and needs the same memory for any number of rows. Somebody who puts back the tables of
 * an earlier moment, all of them, is found out only by an {@link Anchor} that was noted elsewhere since.
 */
public final class AuditVerification {
    private final Postgres postgres;
    private final AuditKey key;

    public AuditVerification(Postgres postgres, AuditKey key) {
        this.postgres = postgres;
        this.key = key;
    }

    /** Blocks as long as it takes; {@code StoreUnavailable} when the database does not answer. */
    public Result verify(Optional<Anchor> anchor) {
        return postgres.withConnection(statements -> new AuditWalk(statements, key, anchor).toTheEnd());
    }

    /** What was found. */
    public sealed interface Result {}

    /**
     * Every row is as it was written.
     *
     * @param count rows that were read; those that retention dropped are not among them
     * @param last the end of the chain, to be noted elsewhere
     */
    public record Intact(long count, Anchor last) implements Result {}

    /** The first place where it is not; {@code id} is that of the event. */
    public record Broken(long id, Fault fault) implements Result {}

    /** What is wrong there. */
    public enum Fault {
        ALTERED,
        MISSING,
        INSERTED,
        /** The row of {@code audit_head} is not the end of the chain. */
        HEAD_ALTERED,
        /** A row of {@code audit_dropped} was not written by retention. */
        DROPPED_MARK_FORGED,
        /** The chain ends before the anchor, or has another event in its place. */
        ANCHOR_NOT_FOUND,
        /** Retention dropped the anchor's row and its neighbour: a later one is needed. */
        ANCHOR_DROPPED
    }

    /**
     * An event that the chain had once.
     *
     * @param hash 64 hexadecimal digits in lower case; empty for {@code id} 0, the chain before its first event
     */
    public record Anchor(long id, String hash) {
        private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,17}):([0-9a-f]{64})");

        /** Reads {@code ID:HASH}. */
        public static Optional<Anchor> of(String text) {
            var parts = FORM.matcher(text);
            return parts.matches()
                    ? Optional.of(new Anchor(Long.parseLong(parts.group(1)), parts.group(2)))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return id + ":" + hash;
        }
    }
}
