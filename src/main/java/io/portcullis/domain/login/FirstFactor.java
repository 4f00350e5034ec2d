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
     * @throws Unclear when its answer says neither
     */
    Optional<Admitted> check(String email, String password, Client client);

    /**
     * An answer from which nobody can tell whether the password was right. It may differ from what a right one gets, so it
     * counts as a guess.
     */
    final class Unclear extends RuntimeException {
        public Unclear() {
            super("neither right nor wrong", null, false, false);
        }
    }

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
