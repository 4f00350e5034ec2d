package io.portcullis.domain.login;

import io.portcullis.domain.account.Identity;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Credential;
import java.util.List;
import java.util.Optional;

/**
 * A login whose first factor was right and whose second is awaited. Holds a credential, so it prints itself hidden.
 *
 * @param source the identity source it came through
 * @param firstFactor {@code amr} values of the first factor
 * @param token the credential itself, which the client gets after the second factor
 * @param securityVersion the account's at the time; a login that is older than its account is over
 * @param released the legacy answer to be given byte for byte; empty when the gateway's own shape is answered
 * @param setCookie goes with the gateway's own shape, where the credential lives in a cookie of the backend
 */
public record PendingLogin(
        Identity identity,
        String source,
        List<String> firstFactor,
        String token,
        Credential credential,
        Optional<LegacyAnswer> released,
        Optional<String> setCookie,
        Client client,
        long securityVersion) {
    @Override
    public String toString() {
        return "PendingLogin[hidden]";
    }
}
