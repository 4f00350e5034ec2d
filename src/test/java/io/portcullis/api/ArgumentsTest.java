package io.portcullis.api;

import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.dialect.Argument;
import io.portcullis.dialect.OperationSpec;
import io.portcullis.dialect.Parameter;
import io.portcullis.dialect.Parameter.Form;
import io.portcullis.dialect.Route;
import io.portcullis.dialect.Source;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Problem.FieldError;
import io.portcullis.domain.error.Refused;
import io.portcullis.yaml.Place;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    private static final List<Parameter> PARAMETERS = List.of(
            new Parameter("subject", true, Form.TEXT),
            new Parameter("limit", false, Form.NUMBER),
            new Parameter("before", false, Form.INSTANT),
            new Parameter("remember", false, Form.FLAG),
            new Parameter("size", false, Form.NUMBER));

    private static final Map<String, Argument> EVERYWHERE = Map.of(
            "subject", from("path:subject"),
            "limit", from("query:limit"),
            "before", from("query:before"),
            "remember", from("/remember"),
            "size", from("/size"));

    private static Argument from(String... places) {
        return given(false, false, places);
    }

    private static Argument given(boolean required, boolean blankIsAbsent, String... places) {
        var sources = Stream.of(places)
                .map(place -> Source.parse(place).orElseThrow())
                .toList();
        return new Argument.Given(sources, required, blankIsAbsent);
    }

    private static Route.Case oneCase(Optional<Route.Condition> when, Map<String, Argument> arguments) {
        var parameters = new LinkedHashMap<String, Parameter>();
        PARAMETERS.forEach(parameter -> parameters.put(parameter.name(), parameter));
        var things = new OperationSpec(
                "things", "Of the test.", true, false, OperationSpec.Caller.NOBODY, parameters, Map.of());
        return new Route.Case(when, things, arguments, Map.of());
    }

    /** What one request brings. */
    private static Received received(
            MultiMap headers, Map<String, String> path, String query, JsonObject json, String form) {
        return new Received(headers, path, UriText.query(query), json, UriText.query(form));
    }

    private static Received received(Map<String, String> path, String query, JsonObject json) {
        return received(MultiMap.caseInsensitiveMultiMap(), path, query, json, "");
    }

    private static Received body(JsonObject json) {
        return received(Map.of(), "", json);
    }

    private static Map<String, String> values(Map<String, Argument> arguments, Received received) {
        return Arguments.of(oneCase(Optional.empty(), arguments), received).values();
    }

    private static List<FieldError> faults(Map<String, Argument> arguments, Received received) {
        return ((Problem.InvalidRequest) problemOf(() -> values(arguments, received))).fields();
    }

    @Test
    void comeFromPathQueryAndBody() {
        var received = received(
                Map.of("subject", "auth0%7C%C3%A9%2F1"),
                "limit=20&before=2026-03-01T10%3A00:00Z&other=1&other=2",
                JsonObject.of("remember", true, "size", 7, "unknown", 1));
        assertThat(values(EVERYWHERE, received))
                .isEqualTo(Map.of(
                        "subject", "auth0|é/1",
                        "limit", "20",
                        "before", "2026-03-01T10:00:00Z",
                        "remember", "true",
                        "size", "7"));
    }

    @Test
    void areReadAsWhatTheyAre() {
        var call = new Call(
                Map.of("remember", "true", "limit", "020", "before", "2026-03-01T12:00:00+02:00"),
                () -> {
                    throw new AssertionError("nobody is asked for");
                },
                Call.CarriedBy.NOTHING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                io.portcullis.domain.TestDomain.FROM);
        assertThat(call.flag("remember")).isTrue();
        assertThat(call.flag("other")).isFalse();
        assertThat(call.number("limit")).contains(20);
        assertThat(call.instant("before")).contains(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(call.instant("after")).isEmpty();
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        var received = received(Map.of(), "limit=ten&before=soon", JsonObject.of("remember", "true", "size", 1.5));
        assertThat(faults(EVERYWHERE, received))
                .containsExactly(
                        new FieldError("subject", "is missing"),
                        new FieldError("limit", "must be a whole number of 1 to 9 digits"),
                        new FieldError("before", "must be a time such as 2026-03-01T10:00:00Z"),
                        new FieldError("remember", "must be true or false"),
                        new FieldError("size", "must be a whole number of 1 to 9 digits"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ff", "%c3", "%00", "%0a", "%c0%af", "%ed%a0%80", "%7f"})
    void anEscapeThatIsNoTextIsRefused(String subject) {
        assertThat(faults(EVERYWHERE, received(Map.of("subject", subject), "", new JsonObject())))
                .containsExactly(new FieldError("subject", "must be percent-encoded UTF-8 without control characters"));
    }

    @Test
    void areDecodedOnce() {
        assertThat(values(EVERYWHERE, received(Map.of("subject", "%252e"), "", new JsonObject())))
                .containsEntry("subject", "%2e");
    }

    @Test
    void aParameterThatIsGivenTwiceIsRefused() {
        var received = received(Map.of("subject", "a"), "limit=1&%6cimit=1", new JsonObject());
        assertThat(faults(EVERYWHERE, received)).containsExactly(new FieldError("limit", "is given more than once"));
    }

    @Test
    void eachKindOfPlaceIsLookedUp() {
        var headers = MultiMap.caseInsensitiveMultiMap()
                .add("X-Subject", "by header")
                .add("Cookie", "other=1; subject=by-cookie")
                .add("Authorization", "Bearer by.bearer");
        var json = JsonObject.of("a", JsonObject.of("b/c", JsonArray.of("no", "by pointer")));
        var received = received(
                headers, Map.of("place", "by%20path"), "subject=by+query", json, "subject=by+form%3D%F0%9F%94%91🔑");
        assertThat(Stream.of(
                                "/a/b~1c/1",
                                "form:subject",
                                "path:place",
                                "query:subject",
                                "header:x-subject",
                                "cookie:subject",
                                "bearer")
                        .map(place ->
                                values(Map.of("subject", from(place)), received).get("subject")))
                .containsExactly(
                        "by pointer", "by form=🔑🔑", "by path", "by query", "by header", "by-cookie", "by.bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "form:a", "path:a", "query:a", "header:a", "cookie:a", "bearer"})
    void whatIsNotThereIsMissing(String place) {
        var field = Source.parse(place).orElseThrow().field();
        assertThat(faults(Map.of("subject", from(place)), body(new JsonObject())))
                .containsExactly(new FieldError(field, "is missing"));
    }

    @Test
    void nullIsAbsent() {
        assertThat(faults(Map.of("subject", from("/a")), body(new JsonObject().putNull("a"))))
                .containsExactly(new FieldError("a", "is missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"b\":{\"c\":1}}", "[]", "[[\"x\"]]", "1", "1e400", "true"})
    void whatIsNoTextIsRefusedAsOne(String value) {
        var json = new JsonObject("{\"a\":" + value + "}");
        assertThat(faults(Map.of("subject", from("/a")), body(json)))
                .containsExactly(new FieldError("a", "must be a text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/b", "/a/0", "/a/-", "/a/-1", "/a/99999999999999999999", "/a/00"})
    void aPointerThatLeadsNowhereFindsNothing(String pointer) {
        var arguments = Map.of("subject", from(pointer));
        for (var json : List.of("{\"a\":\"x\"}", "{\"a\":[]}", "{\"a\":{}}", "{\"a\":null}", "{}")) {
            assertThat(faults(arguments, body(new JsonObject(json))))
                    .as(json)
                    .containsExactly(new FieldError(pointer.substring(1), "is missing"));
        }
    }

    @Test
    void aTextHasABound() {
        var arguments = Map.of("subject", from("/a"));
        assertThat(values(arguments, body(JsonObject.of("a", "x".repeat(1024)))))
                .containsKey("subject");
        for (var wrong : List.of("x".repeat(1025), "", " \t", "a\0b")) {
            assertThat(faults(arguments, body(JsonObject.of("a", wrong))))
                    .containsExactly(new FieldError("a", "must be a text of 1 to 1024 characters"));
        }
    }

    @Test
    void aHeaderACookieAndAFieldThatComeTwiceAreRefused() {
        var headers = MultiMap.caseInsensitiveMultiMap()
                .add("X-A", "1")
                .add("x-a", "1")
                .add("Cookie", "a=1; a=2");
        var received = received(headers, Map.of(), "", new JsonObject(), "a=1&a=1");
        for (var place : List.of("header:x-a", "cookie:a", "form:a")) {
            assertThat(faults(Map.of("subject", from(place)), received))
                    .containsExactly(
                            new FieldError(Source.parse(place).orElseThrow().field(), "is given more than once"));
        }
    }

    @Test
    void aFieldOfAFormThatNobodyAsksForMayHoldAnything() {
        var received = received(
                MultiMap.caseInsensitiveMultiMap(), Map.of(), "", new JsonObject(), "a=x&other=%00&more=%zz&more=1");
        assertThat(values(Map.of("subject", from("form:a")), received)).containsEntry("subject", "x");
        assertThat(faults(Map.of("subject", from("form:other")), received))
                .containsExactly(new FieldError("other", "must be percent-encoded UTF-8 without control characters"));
    }

    @Test
    void aConstantIsTheDialects() {
        var arguments = Map.of("subject", new Argument.Constant("always"), "limit", from("/subject"));
        assertThat(values(arguments, body(JsonObject.of("subject", 5))))
                .isEqualTo(Map.of("subject", "always", "limit", "5"));
    }

    @Test
    void ofAlternativesOneMayBeGiven() {
        var arguments = Map.of("subject", from("/code", "/backupCode", "query:code"));
        assertThat(values(arguments, body(JsonObject.of("backupCode", "b")))).containsEntry("subject", "b");
        assertThat(values(arguments, received(Map.of(), "code=q", new JsonObject())))
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
                oneCase(Optional.empty(), Map.of("subject", from("/code", "/backupCode"))),
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
        var arguments = Map.of("subject", from("/a"), "limit", given(true, false, "/max"));
        assertThat(faults(arguments, body(JsonObject.of("a", "x"))))
                .containsExactly(new FieldError("max", "is missing"));
    }

    @Test
    void aBlankOneMayBeAbsent() {
        var arguments = Map.of("subject", from("/a"), "limit", given(false, true, "/max", "form:max"));
        for (var blank : List.of("", "  ")) {
            assertThat(values(arguments, body(JsonObject.of("a", "x", "max", blank))))
                    .isEqualTo(Map.of("subject", "x"));
        }
        assertThat(faults(arguments, body(JsonObject.of("a", "x", "max", "5"))))
                .containsExactly(new FieldError("max", "must be a whole number of 1 to 9 digits"));
        assertThat(faults(
                        Map.of("subject", from("/a"), "limit", from("/max")), body(JsonObject.of("a", "x", "max", ""))))
                .containsExactly(new FieldError("max", "must be a whole number of 1 to 9 digits"));
    }

    @Test
    void aBlankAlternativeLeavesRoomForTheOther() {
        var arguments = Map.of("subject", given(false, true, "/code", "/backupCode"));
        assertThat(values(arguments, body(JsonObject.of("code", "", "backupCode", "b"))))
                .containsEntry("subject", "b");
    }

    @Test
    void theFirstCaseThatARequestIsOfIsTaken() {
        var given = oneCase(condition("/code", Optional.empty()), Map.of("subject", from("/code")));
        var is = oneCase(condition("/action", Optional.of("off")), Map.of("subject", from("/action")));
        var flag = oneCase(condition("/flag", Optional.of("true")), Map.of("subject", from("/flag")));
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

    @ParameterizedTest
    @CsvSource({
        "FLAG, false, true",
        "FLAG, yes, false",
        "NUMBER, 0, true",
        "NUMBER, 999999999, true",
        "NUMBER, 1000000000, false",
        "NUMBER, -1, false",
        "NUMBER, '', false",
        "NUMBER, \u0661, false",
        "ID, aZ0-_, true",
        "ID, a.b, false",
        "ID, '', false",
        "INSTANT, 2026-03-01T10:00:00.123456Z, true",
        "INSTANT, 2026-03-01T10:00:00+02:00, true",
        "INSTANT, 2026-03-01, false",
        "INSTANT, 2026-13-01T10:00:00Z, false",
        "INSTANT, +10000-01-01T00:00:00Z, false",
        "INSTANT, -2026-01-01T00:00:00Z, false",
    })
    void eachFormHasItsTexts(Form form, String text, boolean fits) {
        assertThat(form.fault(text).isEmpty()).isEqualTo(fits);
    }

    @Test
    void aPlusIsASpaceInAQueryAlone() {
        assertThat(UriText.query("a=b+c%2B&d&e=f=g"))
                .isEqualTo(Map.of("a", List.of("b%20c%2B"), "d", List.of(""), "e", List.of("f=g")));
        assertThat(UriText.decode("b+c")).contains("b+c");
    }
}
