package io.portcullis.testing.legacy;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/**
 * An HTML form, an opaque session cookie, and another that remembers the person. A wrong password leads back to the form, a wrong
 * e-mail shows it again, both with a session that nobody is logged in to. With the field {@code keep} it logs in the session that
 * the browser brought, as careless programs do.
 */
final class FormKind implements Kind {
    private static final String SESSION = "LEGACYSESS";

    private final Users users;

    FormKind(Users users) {
        this.users = users;
    }

    @Override
    public Reply login(Request request) {
        var user = users.login(request.field("email"), request.field("password"));
        if (user.isEmpty()) {
            var failed = request.field("email").endsWith("@example.com")
                    ? Reply.redirect("/app/login?error")
                    : Reply.page("Nobody has this e-mail.");
            return failed.with("Set-Cookie", SESSION + "=" + UUID.randomUUID() + "; Path=/; HttpOnly");
        }
        var brought = request.cookie(SESSION);
        if (brought.isPresent() && request.field("keep").equals("1")) {
            users.knownBy(brought.get(), user.get());
            return Reply.redirect("/app/dashboard");
        }
        return handedOut(user.get(), "/app/dashboard");
    }

    @Override
    public Reply refresh(Request request) {
        return users.of(request.cookie("remember"))
                .map(user -> Reply.json(200, JsonObject.of("ok", true)).cookie(SESSION, users.opaque(user)))
                .orElseGet(() -> Reply.json(401, JsonObject.of("ok", false)));
    }

    @Override
    public Reply reset(Request request) {
        return users.reset(request.field("email"), request.field("password"))
                .map(user -> handedOut(user, "/app/dashboard"))
                .orElseGet(() -> Reply.redirect("/app/reset?error"));
    }

    @Override
    public Reply logout(Request request) {
        users.forget(request.cookie(SESSION));
        return Reply.redirect("/app/login").noCookie(SESSION);
    }

    @Override
    public Optional<User> who(Request request) {
        return users.of(request.cookie(SESSION));
    }

    private Reply handedOut(User user, String location) {
        return Reply.redirect(location).cookie(SESSION, users.opaque(user)).cookie("remember", users.opaque(user));
    }
}
