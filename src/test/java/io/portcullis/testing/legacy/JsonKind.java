package io.portcullis.testing.legacy;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyBackend;
import io.portcullis.demo.LegacyTokens;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@code POST} JSON, get a token in JSON, and a refresh token. A wrong password is 401. A login with {@code padding} gets as many
 * letters more.
 */
final class JsonKind implements Kind {
    private final Users users;
    private final LegacyTokens tokens = new LegacyTokens(LegacyBackend.DEMO_JWT_SECRET, InstantSource.system());

    JsonKind(Users users) {
        this.users = users;
    }

    @Override
    public Reply login(Request request) {
        var form = request.json();
        return handedOut(
                users.login(form.getString("email"), form.getString("password")), form.getInteger("padding", 0));
    }

    @Override
    public Reply refresh(Request request) {
        return handedOut(users.of(Optional.ofNullable(request.json().getString("refreshToken"))), 0);
    }

    @Override
    public Reply reset(Request request) {
        var form = request.json();
        return handedOut(users.reset(form.getString("email"), form.getString("password")), 0);
    }

    @Override
    public Reply logout(Request request) {
        users.forget(request.bearer());
        return Reply.json(200, JsonObject.of("bye", true));
    }

    @Override
    public Optional<User> who(Request request) {
        return users.of(request.bearer());
    }

    private Reply handedOut(Optional<User> known, int padding) {
        return known.map(user -> {
                    var token = users.knownBy(jwt(tokens, user), user);
                    var refresh = users.opaque(user);
                    var body = JsonObject.of("token", token, "refreshToken", refresh, "user", user.json());
                    body.put("padding", "x".repeat(padding));
                    return Reply.json(200, body)
                            .secret(token)
                            .secret(refresh)
                            .cookie("remember", users.opaque(user))
                            .with("X-Legacy-Token", token)
                            .with("Cache-Control", "public, max-age=99") // as a careless proxy before it would
                            .with("Expires", "Thu, 01 Dec 2099 16:00:00 GMT");
                })
                .orElseGet(() -> Reply.json(401, JsonObject.of("error", "wrong e-mail or password")));
    }

    static String jwt(LegacyTokens tokens, User user) {
        return tokens.issue(new LegacyAccount(user.id(), user.email(), "admin", ""), LegacyTokens.TTL);
    }
}
