package io.portcullis.gate;

import io.vertx.core.Future;

/** What a decision leads to. On event loops. */
@FunctionalInterface
interface Outcome {
    /** Fails with what is to be told as a problem. */
    Future<Void> act(Judged judged, Decision decision);
}
