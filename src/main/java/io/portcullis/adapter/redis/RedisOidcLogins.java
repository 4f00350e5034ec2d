package io.portcullis.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portcullis.adapter.crypto.AssociatedData;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.oidc.OidcLogin;
import io.portcullis.domain.oidc.OidcLogins;
import io.portcullis.domain.session.Fingerprint;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.Optional;

/** Logins under way at an OpenID provider in Redis: a value each, sealed, under the SHA-256 of its state. */
public final class RedisOidcLogins implements OidcLogins {
    private static final int VERSION = 1;

    private static final Script TAKE = Script.of("""
            local login = redis.call('GET', KEYS[1])
            redis.call('DEL', KEYS[1])
            return login""");

    private final RedisStore redis;
    private final SecretBox box;

    public RedisOidcLogins(RedisStore redis, SecretBox box) {
        this.redis = redis;
        this.box = box;
    }

    @Override
    public void store(String state, OidcLogin login, Duration ttl) {
        var key = key(state);
        var sealed = box.seal(json(login).encode().getBytes(UTF_8), AssociatedData.of(key));
        redis.call(Command.SET, key, sealed, "PX", ttl.toMillis());
    }

    @Override
    public Optional<OidcLogin> take(String state) {
        var key = key(state);
        return Optional.ofNullable(redis.run(TAKE, key))
                .map(stored -> new JsonObject(new String(box.open(stored.toBytes(), AssociatedData.of(key)), UTF_8)))
                .filter(json -> json.getInteger("v", 0) == VERSION) // else another version of the gateway wrote it
                .map(RedisOidcLogins::login);
    }

    private static JsonObject json(OidcLogin login) {
        return new JsonObject()
                .put("v", VERSION)
                .put("source", login.source())
                .put("nonce", login.nonce())
                .put("verifier", login.verifier())
                .put("next", login.next())
                .put("browser", login.browser().value());
    }

    private static OidcLogin login(JsonObject json) {
        return new OidcLogin(
                json.getString("source"),
                json.getString("nonce"),
                json.getString("verifier"),
                json.getString("next"),
                new Fingerprint(json.getString("browser")));
    }

    private static String key(String state) {
        return "portcullis:oidc:{" + Fingerprint.of(state).value() + "}";
    }
}
