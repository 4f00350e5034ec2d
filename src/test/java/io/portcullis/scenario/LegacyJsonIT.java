package io.portcullis.scenario;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Person;
import io.vertx.core.json.JsonObject;

/** A token in JSON, sent as a bearer. */
class LegacyJsonIT extends LegacyDoors {
    LegacyJsonIT() {
        super("json");
    }

    @Override
    Answer login(Person somebody, String path, String name, String password) {
        return somebody.post(path, JsonObject.of("email", name + "@example.com", "password", password));
    }

    @Override
    Answer refresh(Person somebody, Answer login) {
        return somebody.post("/app/refresh", JsonObject.of("refreshToken", login.string("/refreshToken")));
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
        return person.holding(answer.string("/token"));
    }

    @Override
    int failed() {
        return 401;
    }
}
