package io.portcullis.domain.session;

import io.portcullis.domain.account.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Names the account behind a credential that others made, such as a token of the legacy backend. May be called on any thread but an event loop. */
public interface IdentitySource {
    /** The name of the source in the config. */
    String name();

    /** Whether a credential at this place of a request is the source's to judge. */
    boolean reads(Carried carried);

    /**
     * Empty when the credential is not valid here.
     *
     * @throws io.portcullis.domain.error.Refused with {@code SessionExpired} when it is genuine but expired, and with
     *     {@code UpstreamUnavailable} or {@code UpstreamTimeout} when who has to be asked does not answer
     */
    Optional<Recognized> recognize(String credential);

    /** Whether it has to ask somebody else about each credential, so that it is no judge of any text that might be one. */
    boolean asksElsewhere();

    /**
     * Whom a credential names.
     *
     * @param amr how the first factor was passed (RFC 8176); empty when the source does not say
     * @param issuedAt when the credential was made, where the source says
     * @param until how long this may be believed without asking the source again
     */
    record Recognized(
            Identity identity, List<String> amr, Optional<Instant> issuedAt, Credential credential, Instant until) {}
}
