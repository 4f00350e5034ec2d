package io.portcullis.testing.legacy;

import java.util.Optional;

/** How a backend logs people in, and knows them again. */
interface Kind {
    Reply login(Request request);

    /** A new credential for an earlier one, or for what remembers the person. */
    Reply refresh(Request request);

    /** A new password, and a credential with it. */
    Reply reset(Request request);

    Reply logout(Request request);

    /** Whom the credential of a request names. */
    Optional<User> who(Request request);
}
