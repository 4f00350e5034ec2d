package io.portcullis.domain.legacy;

import io.portcullis.domain.account.Account;

/** Which realms have legacy records that are kept in step, and who does it. */
public interface LegacyRecords {
    /** No realm has. */
    LegacyRecords NONE = new LegacyRecords() {
        @Override
        public boolean has(String realm) {
            return false;
        }

        @Override
        public void changed(Account account, long change) {}
    };

    /** Asked inside the transaction of a change. */
    boolean has(String realm);

    /**
     * A change was committed. Waits for a short time, so that the record is in step already when the person is answered;
     * throws nothing, and whatever does not succeed is tried again later.
     *
     * @param change its {@link LegacyChange#id}
     */
    void changed(Account account, long change);
}
