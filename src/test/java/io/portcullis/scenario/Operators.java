package io.portcullis.scenario;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What the tests of the operator routes share. */
final class Operators {
    private Operators() {}

    static Person operator(TestGateway gateway) {
        return gateway.loggedIn("superAdmin").enrolled();
    }

    static String path(TestGateway gateway, Person person) {
        return "/auth/operator/accounts/" + gateway.realm() + "/" + person.subject();
    }

    static List<JsonObject> objects(Answer answer, String pointer) {
        return ((JsonArray) answer.json(pointer))
                .stream().map(JsonObject.class::cast).toList();
    }
}
