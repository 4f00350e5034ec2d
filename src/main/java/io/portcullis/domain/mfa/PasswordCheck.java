package io.portcullis.domain.mfa;

import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Session;

/** Whether a password is the one of a session's account. Blocks; may be called on any virtual thread. */
public interface PasswordCheck {
    /**
     * Whether it is.
     *
     * @throws io.portcullis.domain.error.Refused {@code InvalidCredentials} after too many wrong ones, whatever this one is
     */
    boolean isRight(Session session, String password, Client client);
}
