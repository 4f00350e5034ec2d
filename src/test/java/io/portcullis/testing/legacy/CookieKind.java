package io.portcullis.testing.legacy;

import io.portcullis.demo.LegacyBackend;
import io.portcullis.demo.LegacyTokens;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Optional;

/** {@code POST} JSON, get a token in a cookie, and another to refresh it. A wrong password is 200 with {@code ok: false}. */
final class CookieKind implements Kind {
    private static final String TOKEN = "access_token";

    private final Users users;
    private final LegacyTokens tokens = new LegacyTokens(LegacyBackend.DEMO_JWT_SECRET, InstantSource.system());

    CookieKind(Users users) {
        this.users = users;
    }

    @Override
    public Reply login(Request request) {
        var form = request.json();
        return handedOut(users.login(form.getString("email"), form.getString("password")));
    }

    @Override
    public Reply refresh(Request request) {
        return handedOut(users.of(request.cookie("refresh_token")));
    }

    @Override
    public Reply reset(Request request) {
        var form = request.json();
        return handedOut(users.reset(form.getString("email"), form.getString("password")));
    }

    @Override
    public Reply logout(Request request) {
        users.forget(request.cookie(TOKEN));
        return Reply.json(200, JsonObject.of("ok", true)).noCookie(TOKEN);
    }

    @Override
    public Optional<User> who(Request request) {
        return users.of(request.cookie(TOKEN));
    }

    private Reply handedOut(Optional<User> known) {
        return known.map(user -> Reply.json(200, JsonObject.of("ok", true, "user", user.json()))
                        .cookie(TOKEN, users.knownBy(JsonKind.jwt(tokens, user), user))
                        .cookie("refresh_token", users.opaque(user)))
                .orElseGet(() -> Reply.json(200, JsonObject.of("ok", false)));
    }
}
