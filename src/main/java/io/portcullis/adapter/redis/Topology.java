package io.portcullis.adapter.redis;

import io.vertx.core.Future;
import java.util.Set;

/** Which server has which keys now, as far as is known. For any thread; each answer comes within a second or fails. */
interface Topology {
    Future<RedisNode> whereIs(String key);

    /** All that take writes. */
    Future<Set<RedisNode>> masters();

    /** A server did not answer, or not as one that has the key: the next question looks anew. */
    void doubt();

    /** Always the same. */
    record OneServer(RedisNode node) implements Topology {
        @Override
        public Future<RedisNode> whereIs(String key) {
            return Future.succeededFuture(node);
        }

        @Override
        public Future<Set<RedisNode>> masters() {
            return Future.succeededFuture(Set.of(node));
        }

        @Override
        public void doubt() {
            // there is no other
        }
    }
}
