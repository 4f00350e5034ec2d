package io.portcullis.api;

import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.api.Parameter.Form;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Problem.FieldError;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    private static final Dialect.Route ROUTE = new Dialect.Route(
            "POST",
            "/auth/things/{subject}",
            new Operation(
                    "things",
                    List.of(
                            Parameter.required("subject", Form.TEXT),
                            Parameter.optional("limit", Form.NUMBER),
                            Parameter.optional("before", Form.INSTANT),
                            Parameter.optional("remember", Form.FLAG),
                            Parameter.optional("size", Form.NUMBER)),
                    call -> Reply.nothing()),
            Map.of(
                    "subject", "path:subject",
                    "limit", "query:limit",
                    "before", "query:before",
                    "remember", "/remember",
                    "size", "/size"),
            false);

    @Test
    void comeFromPathQueryAndBody() {
        var arguments = Arguments.of(
                ROUTE,
                Map.of("subject", "auth0%7C%C3%A9%2F1"),
                UriText.query("limit=20&before=2026-03-01T10%3A00:00Z&other=1&other=2"),
                JsonObject.of("remember", true, "size", 7, "unknown", 1));
        assertThat(arguments)
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
        assertThat(faults(Map.of(), "limit=ten&before=soon", JsonObject.of("remember", "true", "size", 1.5)))
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
        assertThat(faults(Map.of("subject", subject), "", new JsonObject()))
                .containsExactly(new FieldError("subject", "must be percent-encoded UTF-8 without control characters"));
    }

    @Test
    void areDecodedOnce() {
        assertThat(Arguments.of(ROUTE, Map.of("subject", "%252e"), Map.of(), new JsonObject()))
                .containsEntry("subject", "%2e");
    }

    @Test
    void aParameterThatIsGivenTwiceIsRefused() {
        assertThat(faults(Map.of("subject", "a"), "limit=1&%6cimit=1", new JsonObject()))
                .containsExactly(new FieldError("limit", "is given more than once"));
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

    private static List<FieldError> faults(Map<String, String> path, String query, JsonObject body) {
        var problem = problemOf(() -> Arguments.of(ROUTE, path, UriText.query(query), body));
        return ((Problem.InvalidRequest) problem).fields();
    }
}
