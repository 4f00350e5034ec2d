package io.portcullis.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.testing.Relay;
import io.portcullis.testing.Stores;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RedisSessionLineIT extends StoredSessions {
    private static final RedisStore REDIS = RedisStore.open(Stores.vertx(), RedisSettings.at(Stores.redisUrl()));

    private final Context loop = Stores.vertx().getOrCreateContext();

    RedisSessionLineIT() {
        super(REDIS);
    }

    @AfterAll
    static void close() {
        REDIS.close();
    }

    private <T> T onLoop(Supplier<Future<T>> question) throws Exception {
        var answer = Promise.<T>promise();
        loop.runOnContext(here -> question.get().onComplete(answer));
        return answer.future().await(10, TimeUnit.SECONDS);
    }

    @Test
    void aConnectionThatLeadsNowhereIsGivenUpForANewOne() throws Exception {
        var session = session("legacy", Map.of());
        sessions.open(session);
        int port = URI.create(Stores.redisUrl()).getPort();
        try (var relay = Relay.to(port)) {
            var settings = RedisSettings.at(Stores.redisUrl().replace(":" + port, ":" + relay.port()));
            var line = onLoop(() -> Future.succeededFuture(new RedisSessionLine(Stores.vertx(), settings)));
            assertThat(onLoop(() -> line.unchanged(session))).isTrue();
            relay.silence();
            assertThatThrownBy(() -> onLoop(() -> line.unchanged(session))).hasMessage("no answer within 500 ms");
            assertThat(onLoop(() -> line.unchanged(session))).isTrue();
            sessions.end(session);
            assertThat(onLoop(() -> line.unchanged(session))).isFalse();
            line.close();
        }
    }
}
