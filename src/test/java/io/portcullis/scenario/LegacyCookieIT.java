package io.portcullis.scenario;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Person;
import io.vertx.core.json.JsonObject;

/** A token in a cookie. */
class LegacyCookieIT extends LegacyDoors {
    LegacyCookieIT() {
        super("cookie");
    }

    @Override
    Answer login(Person somebody, String path, String name, String password) {
        return somebody.post(path, JsonObject.of("email", name + "@example.com", "password", password));
    }

    @Override
    Answer refresh(Person somebody, Answer login) {
        return somebody.with("Cookie", login.cookie("refresh_token")).post("/app/refresh");
    }

    @Override
    Answer reset(Person somebody, String name, String password) {
        return somebody.post("/app/reset", JsonObject.of("email", name + "@example.com", "password", password));
    }

    @Override
    Answer legacyLogout(Person person) {
        return person.post("/app/logout");
    }

    @Override
    Person holding(Person person, Answer answer) {
        return person.with("Cookie", answer.cookie("access_token"));
    }

    @Override
    int failed() {
        return 200;
    }
}
