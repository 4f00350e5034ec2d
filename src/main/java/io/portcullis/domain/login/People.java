package io.portcullis.domain.login;

import io.portcullis.domain.account.Identity;
import java.util.Optional;

/** Finds accounts of a realm by e-mail, as the tables say that have their passwords. Blocks; may be called on any virtual thread. */
public interface People {
    String realm();

    /**
     * Empty when there is none, or more than one.
     *
     * @throws io.portcullis.domain.error.Refused with {@code StoreUnavailable} when the tables cannot be read
     */
    Optional<Identity> byEmail(String email);
}
