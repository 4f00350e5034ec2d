package io.portcullis.gate;

import io.portcullis.domain.session.Session;
import io.vertx.core.Future;

/** Asks the session store about one session without leaving the event loop: what is left to do where no lease vouches for the cache. */
@FunctionalInterface
public interface SessionLine {
    /** Whether the store has the session just as it is here. Fails when the store does not answer; on the event loop it was made for. */
    Future<Boolean> unchanged(Session session);
}
