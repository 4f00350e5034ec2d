package io.portcullis.api;

import static io.portcullis.api.SomeRequest.argument;
import static io.portcullis.api.SomeRequest.body;
import static io.portcullis.api.SomeRequest.faults;
import static io.portcullis.api.SomeRequest.received;
import static io.portcullis.api.SomeRequest.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.dialect.Argument;
import io.portcullis.dialect.Source;
import io.portcullis.domain.error.Problem.FieldError;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from each place of a request. */
class ArgumentsTest {
    private static final Map<String, Argument> EVERYWHERE = Map.of(
            "subject", argument("path:subject"),
            "limit", argument("query:limit"),
            "before", argument("query:before"),
            "remember", argument("/remember"),
            "size", argument("/size"));

    @Test
    void comeFromPathQueryAndBody() {
        var received = received(
                Map.of("subject", "auth0%7C%C3%A9%2F1"),
                "limit=20&before=2026-03-01T10%3A00:00Z&other=1&other=2",
                JsonObject.of("remember", true, "size", 7, "unknown", 1));
        assertThat(valuesOf(EVERYWHERE, received))
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
        assertThat(valuesOf(EVERYWHERE, received(Map.of("subject", "%252e"), "", new JsonObject())))
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
                        .map(place -> valuesOf(Map.of("subject", argument(place)), received)
                                .get("subject")))
                .containsExactly(
                        "by pointer", "by form=🔑🔑", "by path", "by query", "by header", "by-cookie", "by.bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "form:a", "path:a", "query:a", "header:a", "cookie:a", "bearer"})
    void whatIsNotThereIsMissing(String place) {
        var field = Source.parse(place).orElseThrow().field();
        assertThat(faults(Map.of("subject", argument(place)), body(new JsonObject())))
                .containsExactly(new FieldError(field, "is missing"));
    }

    @Test
    void nullIsAbsent() {
        assertThat(faults(Map.of("subject", argument("/a")), body(new JsonObject().putNull("a"))))
                .containsExactly(new FieldError("a", "is missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"b\":{\"c\":1}}", "[]", "[[\"x\"]]", "1", "1e400", "true"})
    void whatIsNoTextIsRefusedAsOne(String value) {
        var json = new JsonObject("{\"a\":" + value + "}");
        assertThat(faults(Map.of("subject", argument("/a")), body(json)))
                .containsExactly(new FieldError("a", "must be a text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/b", "/a/0", "/a/-", "/a/-1", "/a/99999999999999999999", "/a/00"})
    void aPointerThatLeadsNowhereFindsNothing(String pointer) {
        var arguments = Map.of("subject", argument(pointer));
        for (var json : List.of("{\"a\":\"x\"}", "{\"a\":[]}", "{\"a\":{}}", "{\"a\":null}", "{}")) {
            assertThat(faults(arguments, body(new JsonObject(json))))
                    .as(json)
                    .containsExactly(new FieldError(pointer.substring(1), "is missing"));
        }
    }

    @Test
    void aTextHasABound() {
        var arguments = Map.of("subject", argument("/a"));
        assertThat(valuesOf(arguments, body(JsonObject.of("a", "x".repeat(1024)))))
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
            assertThat(faults(Map.of("subject", argument(place)), received))
                    .containsExactly(
                            new FieldError(Source.parse(place).orElseThrow().field(), "is given more than once"));
        }
    }

    @Test
    void aFieldOfAFormThatNobodyAsksForMayHoldAnything() {
        var received = received(
                MultiMap.caseInsensitiveMultiMap(), Map.of(), "", new JsonObject(), "a=x&other=%00&more=%zz&more=1");
        assertThat(valuesOf(Map.of("subject", argument("form:a")), received)).containsEntry("subject", "x");
        assertThat(faults(Map.of("subject", argument("form:other")), received))
                .containsExactly(new FieldError("other", "must be percent-encoded UTF-8 without control characters"));
    }

    @Test
    void aPlusIsASpaceInAQueryAlone() {
        assertThat(UriText.query("a=b+c%2B&d&e=f=g"))
                .isEqualTo(Map.of("a", List.of("b%20c%2B"), "d", List.of(""), "e", List.of("f=g")));
        assertThat(UriText.decode("b+c")).contains("b+c");
    }
}
