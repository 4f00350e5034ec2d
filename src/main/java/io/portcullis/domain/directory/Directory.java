package io.portcullis.domain.directory;

import java.time.Instant;
import java.util.Optional;

/** People in the tables of a legacy system. Blocks; may be called on any virtual thread. */
public interface Directory {
    /**
     * Who has an e-mail, as it was typed; nobody, when there are two.
     *
     * @throws io.portcullis.domain.error.Refused with {@code StoreUnavailable} when the tables cannot be read
     */
    Reading byEmail(String email);

    /** {@code at}: since when it is known; the tables may have changed after. */
    record Reading(Optional<Person> person, Instant at) {}

    /** One row. Prints itself without the hash. */
    record Person(String subject, String email, Optional<String> role, Optional<String> passwordHash) {
        @Override
        public String toString() {
            return "Person[" + subject + "]";
        }
    }
}
