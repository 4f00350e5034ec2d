package io.portcullis.adapter.importing;

/** Where imported accounts go. */
public interface ImportTarget {
    enum Result {
        /** It has the key and the backup codes now; in a dry run it would. */
        IMPORTED,
        /** It has a second factor with this very key already; nothing was changed, whatever codes it has by now. */
        ALREADY_THERE,
        /** It has a second factor with another key, which is never overwritten. */
        CONFLICT
    }

    /**
     * Puts one account, all of it or nothing. In a dry run nothing is written, and the answer is what it would be.
     *
     * @throws io.portcullis.domain.error.Refused with {@code StoreUnavailable}
     */
    Result put(ImportedAccount account, boolean dryRun);
}
