package io.portcullis.domain.login;

import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Session;

/** Passes a logout on to the legacy backend. Blocks; may be called on any virtual thread. */
public interface LegacyLogout {
    /**
     * Tells the backend that made the session's credential, where one is configured. A backend that does not answer is
     * logged and not waited for: here the credential is ended already.
     */
    void passOn(Session session, Carried carried);

    /** The same for a credential that no session is known of; {@code capture} is the name of the login that made it. */
    void passOn(String capture, Carried carried);
}
