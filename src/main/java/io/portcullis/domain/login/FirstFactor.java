package io.portcullis.domain.login;

import io.portcullis.domain.account.Identity;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Credential;
import java.util.List;
import java.util.Optional;

/** Checks an e-mail and a password somewhere. Blocks; may be called on any virtual thread. */
public interface FirstFactor {
    /**
     * Empty when they are wrong.
     *
     * @throws io.portcullis.domain.error.Refused when the place that knows does not answer
     */
    Optional<Admitted> check(String email, String password, Client client);

    /**
     * A right first factor and the credential that it earned.
     *
     * @param amr RFC 8176
     * @param token the credential itself, as the client gets it
     * @param answer the legacy answer that brought the credential, where there is one
     */
    record Admitted(
            Identity identity,
            String source,
            List<String> amr,
            String token,
            Credential credential,
            Optional<LegacyAnswer> answer) {
        @Override
        public String toString() {
            return "Admitted[" + identity.account() + "]";
        }
    }
}
