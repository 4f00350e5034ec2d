package io.portcullis.domain.password;

import java.util.Optional;

/** Makes and reads password hashes. */
public interface PasswordHashes {
    /** A hash of today's form and cost, with a salt of its own. Blocks, for as long as it costs. */
    String hash(String password);

    /** Empty when the text is in no form that is known here, or asks for more time or memory than a login may have. */
    Optional<StoredHash> read(String text);

    /** Of today's form and cost and of no password. */
    StoredHash decoy();
}
