package io.portcullis.domain.device;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Fingerprint;
import java.time.Instant;

/**
 * A device that stands in for the second factor of one account.
 *
 * @param id may be shown: it opens nothing
 * @param token the SHA-256 of the token in its cookie
 * @param securityVersion the account's when it was remembered; it is good for no other
 * @param method by which the second factor was proved on it
 * @param verifiedAt when that was
 * @param client that used it last
 */
public record RememberedDevice(
        String id,
        Fingerprint token,
        long securityVersion,
        Method method,
        Instant verifiedAt,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt,
        Client client) {
    /** This device after a login, with the token of the next one. */
    public RememberedDevice used(Fingerprint next, Instant now, Client by) {
        return new RememberedDevice(id, next, securityVersion, method, verifiedAt, createdAt, now, expiresAt, by);
    }
}
