package io.portcullis.domain.session;

import io.portcullis.domain.account.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Names the account behind a credential that others made, such as a token of the legacy backend. May be called on any thread but an event loop. */
public interface IdentitySource {
    /** The name of the source in the config. */
    String name();

    /**
     * Empty when the credential is not valid here.
     *
     * @throws io.portcullis.domain.error.Refused with {@code SessionExpired} when it is genuine but expired
     */
    Optional<Recognized> recognize(String credential);

    /** Whom the credential names, and how the first factor was passed ({@code amr}, RFC 8176; empty when the source does not say); when it was made, where it says. */
    record Recognized(Identity identity, List<String> amr, Optional<Instant> issuedAt, Credential credential) {}
}
