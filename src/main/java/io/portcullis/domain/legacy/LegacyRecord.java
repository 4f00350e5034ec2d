package io.portcullis.domain.legacy;

/** The legacy records of one realm. */
public interface LegacyRecord {
    /**
     * Puts the account's record in step. The same change may come twice, and changes nothing then. Blocks for some seconds at
     * the most, may be called on any virtual thread, and throws for nothing that happens outside of this process.
     */
    Outcome set(LegacyChange change);

    /** What came of it. The reasons are for operators: they hold no secret and no value of a record. */
    sealed interface Outcome {
        /** The record has it, for good. */
        record Done() implements Outcome {}

        /** Whoever keeps the record did not answer in time, or can do nothing now: others of the realm will fare the same. */
        record NoAnswer(String reason) implements Outcome {}

        /** The answer was no. */
        record Rejected(String reason) implements Outcome {}
    }
}
