package io.portcullis.api;

import static io.portcullis.api.SomeRequest.argument;
import static io.portcullis.api.SomeRequest.body;
import static io.portcullis.api.SomeRequest.faults;
import static io.portcullis.api.SomeRequest.given;
import static io.portcullis.api.SomeRequest.oneCase;
import static io.portcullis.api.SomeRequest.received;
import static io.portcullis.api.SomeRequest.valuesOf;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.dialect.Argument;
import io.portcullis.dialect.Route;
import io.portcullis.dialect.Source;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Problem.FieldError;
import io.portcullis.domain.error.Refused;
import io.portcullis.yaml.Place;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a dialect makes of it: constants, alternatives, blank ones, cases. */
class DialectArgumentsTest {
    @Test
    void aConstantIsTheDialects() {
        var arguments = Map.of("subject", new Argument.Constant("always"), "limit", argument("/subject"));
        assertThat(valuesOf(arguments, body(JsonObject.of("subject", 5))))
                .isEqualTo(Map.of("subject", "always", "limit", "5"));
    }

    @Test
    void ofAlternativesOneMayBeGiven() {
        var arguments = Map.of("subject", argument("/code", "/backupCode", "query:code"));
        assertThat(valuesOf(arguments, body(JsonObject.of("backupCode", "b")))).containsEntry("subject", "b");
        assertThat(valuesOf(arguments, received(Map.of(), "code=q", new JsonObject())))
                .containsEntry("subject", "q");
        assertThat(faults(arguments, body(JsonObject.of("code", "a", "backupCode", "b"))))
                .containsExactly(new FieldError("backupCode", "is given beside code; send one of both"));
        assertThat(faults(arguments, body(JsonObject.of("code", "a", "backupCode", "a"))))
                .containsExactly(new FieldError("backupCode", "is given beside code; send one of both"));
        assertThat(faults(arguments, body(new JsonObject()))).containsExactly(new FieldError("code", "is missing"));
    }

    @Test
    void aFaultIsToldByTheNameThatTheClientUsed() {
        var read = Arguments.of(
                oneCase(Optional.empty(), Map.of("subject", argument("/code", "/backupCode"))),
                body(JsonObject.of("backupCode", "b")));
        var refused = new Refused(new Problem.InvalidRequest(
                List.of(new FieldError("subject", "is none"), new FieldError("nothing", "of the client's"))));
        assertThat(read.inWordsOfClient(refused).problem())
                .isEqualTo(new Problem.InvalidRequest(List.of(
                        new FieldError("backupCode", "is none"), new FieldError("nothing", "of the client's"))));
        assertThat(read.toString()).doesNotContain("b}").contains("backupCode");
    }

    @Test
    void aRouteMayAskForMoreThanTheOperation() {
        var arguments = Map.of("subject", argument("/a"), "limit", given(true, false, "/max"));
        assertThat(faults(arguments, body(JsonObject.of("a", "x"))))
                .containsExactly(new FieldError("max", "is missing"));
    }

    @Test
    void aBlankOneMayBeAbsent() {
        var arguments = Map.of("subject", argument("/a"), "limit", given(false, true, "/max", "form:max"));
        for (var blank : List.of("", "  ")) {
            assertThat(valuesOf(arguments, body(JsonObject.of("a", "x", "max", blank))))
                    .isEqualTo(Map.of("subject", "x"));
        }
        assertThat(faults(arguments, body(JsonObject.of("a", "x", "max", "5"))))
                .containsExactly(new FieldError("max", "must be a whole number of 1 to 9 digits"));
        assertThat(faults(
                        Map.of("subject", argument("/a"), "limit", argument("/max")),
                        body(JsonObject.of("a", "x", "max", ""))))
                .containsExactly(new FieldError("max", "must be a whole number of 1 to 9 digits"));
    }

    @Test
    void aBlankAlternativeLeavesRoomForTheOther() {
        var arguments = Map.of("subject", given(false, true, "/code", "/backupCode"));
        assertThat(valuesOf(arguments, body(JsonObject.of("code", "", "backupCode", "b"))))
                .containsEntry("subject", "b");
    }

    @Test
    void theFirstCaseThatARequestIsOfIsTaken() {
        var given = oneCase(condition("/code", Optional.empty()), Map.of("subject", argument("/code")));
        var is = oneCase(condition("/action", Optional.of("off")), Map.of("subject", argument("/action")));
        var flag = oneCase(condition("/flag", Optional.of("true")), Map.of("subject", argument("/flag")));
        var otherwise = oneCase(Optional.empty(), Map.of());
        var route = new Route("POST", "/x", List.of(given, is, flag, otherwise), Place.START);
        assertThat(choose(route, JsonObject.of("code", "1", "action", "off"))).isSameAs(given);
        assertThat(choose(route, JsonObject.of("code", 1))).isSameAs(given);
        assertThat(choose(route, JsonObject.of("code", "", "action", "off"))).isSameAs(is);
        assertThat(choose(route, new JsonObject().putNull("code").put("action", "OFF")))
                .isSameAs(otherwise);
        assertThat(choose(route, JsonObject.of("flag", true))).isSameAs(flag);
        assertThat(choose(route, JsonObject.of("flag", false))).isSameAs(otherwise);
        assertThat(choose(route, new JsonObject())).isSameAs(otherwise);
    }

    @Test
    void aRequestOfNoCaseIsToldWhatIsMissing() {
        var given = oneCase(condition("/code", Optional.empty()), Map.of());
        var again = oneCase(condition("/code", Optional.empty()), Map.of());
        var is = oneCase(condition("query:action", Optional.of("off")), Map.of());
        var route = new Route("POST", "/x", List.of(given, again, is), Place.START);
        assertThat(problemOf(() -> Arguments.choose(route, body(new JsonObject()))))
                .isEqualTo(new Problem.InvalidRequest(
                        List.of(new FieldError("code", "is missing"), new FieldError("action", "must be off"))));
    }

    private static Optional<Route.Condition> condition(String place, Optional<String> is) {
        return Optional.of(new Route.Condition(Source.parse(place).orElseThrow(), is));
    }

    private static Route.Case choose(Route route, JsonObject json) {
        return Arguments.choose(route, body(json));
    }
}
