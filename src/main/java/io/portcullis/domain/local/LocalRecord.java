package io.portcullis.domain.local;

import java.time.Instant;
import java.util.Optional;

/** One account of the gateway's own while it is being changed. */
public interface LocalRecord {
    Optional<LocalAccount> read();

    /** Whether it was added: not so, when there is one already, or its e-mail is somebody else's in the realm. */
    boolean add(LocalAccount account, Instant at);

    /** Whether there is one whose role this is now. */
    boolean changeRole(String role, Instant at);

    /** Whether there is one whose hash this is now. */
    boolean changePassword(String passwordHash, Instant at);

    /** Whether there was one. */
    boolean remove();
}
