package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Person;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

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

    @Test
    void anAnswerThatIsTooBigToLookIntoIsKeptBack() {
        var form = JsonObject.of("email", "leo@example.com", "password", "password of leo", "padding", 1024 * 1024);
        var answer = gateway().nobody().post(LOGIN, form);
        assertThat(answer.code()).isEqualTo("UPSTREAM_UNAVAILABLE");
        assertThat(backend().secrets())
                .isNotEmpty()
                .allSatisfy(secret -> assertThat(answer.toString()).doesNotContain(secret));
    }

    @Test
    void aRefreshThatFailsIsToldByTheBackend() {
        var answer = gateway().nobody().post("/app/refresh", JsonObject.of("refreshToken", "made-up"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.isOfTheGateway()).isFalse();
    }

    /** However often somebody refreshes, nobody takes it for guessing. */
    @Test
    void aRefreshIsNoPasswordAttempt() {
        var nobody = gateway().nobody();
        for (int i = 0; i < 12; i++) {
            assertThat(nobody.post("/app/refresh", JsonObject.of("refreshToken", "made-up"))
                            .isOfTheGateway())
                    .isFalse();
        }
        assertIsTheBackends(login(nobody, "mia"));
    }
}
