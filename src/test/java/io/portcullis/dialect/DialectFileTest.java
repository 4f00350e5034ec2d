package io.portcullis.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.portcullis.dialect.Dialect.ErrorText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file that is right says. */
class DialectFileTest {
    @TempDir
    Path folder;

    private Route.Case only(String route) {
        var dialect = DialectFiles.valid(folder, DialectFiles.withRoutes(route));
        return dialect.routes().getFirst().cases().getFirst();
    }

    private Map<String, Argument> arguments(String operation, String arguments) {
        return only("{ method: POST, path: \"/a\", operation: " + operation + ", arguments: " + arguments + " }")
                .arguments();
    }

    @Test
    void aRouteIsAnOperationAndWhereItsArgumentsAre() {
        var dialect = DialectFiles.valid(
                folder,
                DialectFiles.withRoutes(
                        "{ method: POST, path: /login, operation: login, arguments: { email: /person/email, password: /password } }",
                        "{ method: GET, path: /me, operation: me }"));
        assertThat(dialect.name()).isEqualTo("own");
        assertThat(dialect.file()).isEqualTo(folder.resolve("own.yaml").toString());
        assertThat(dialect.routes())
                .extracting(Route::method, Route::path, route -> route.place().line())
                .containsExactly(tuple("POST", "/own/login", 4), tuple("GET", "/own/me", 5));
        var login = dialect.routes().getFirst().cases().getFirst();
        assertThat(login.operation().name()).isEqualTo("login");
        assertThat(login.arguments())
                .isEqualTo(Map.of(
                        "email", given(new Source.Body("/person/email")),
                        "password", given(new Source.Body("/password"))));
        assertThat(login.answers()).isEmpty();
    }

    private static Argument.Given given(Source... sources) {
        return new Argument.Given(List.of(sources), false, false);
    }

    @Test
    void argumentsMayBeInThePathAndTheQueryUnderAnyBase() {
        var dialect = DialectFiles.valid(
                folder,
                DialectFiles.withRoutes(
                        "{ method: GET, path: \"/{from}/x\", operation: history, arguments: { limit: query:limit, before: \"path:from\" } }"));
        var route = dialect.routes().getFirst();
        assertThat(route.path()).isEqualTo("/own/{from}/x");
        assertThat(route.cases().getFirst().arguments())
                .isEqualTo(Map.of(
                        "limit", given(new Source.Query("limit")),
                        "before", given(new Source.Path("from"))));
    }

    @Test
    void everyPlaceCanBeNamed() {
        assertThat(arguments(
                        "verify", "{ code: [/a/~1b, form:code, header:X-Code, cookie:code], mfaTempToken: bearer }"))
                .isEqualTo(Map.of(
                        "code",
                                given(
                                        new Source.Body("/a/~1b"),
                                        new Source.Form("code"),
                                        new Source.Header("X-Code"),
                                        new Source.Cookie("code")),
                        "mfaTempToken", given(new Source.Bearer())));
    }

    @Test
    void anArgumentMayBeRequiredOrAbsentWhenBlankOrConstant() {
        assertThat(arguments(
                        "disable",
                        "{ code: { from: [/a, /b], blank: absent }, password: { from: /p, required: true } }"))
                .isEqualTo(Map.of(
                        "code", new Argument.Given(List.of(new Source.Body("/a"), new Source.Body("/b")), false, true),
                        "password", new Argument.Given(List.of(new Source.Body("/p")), true, false)));
        assertThat(arguments("startSetup", "{ method: { constant: totp }, showRecoveryCodes: { constant: true } }"))
                .isEqualTo(Map.of(
                        "method", new Argument.Constant("totp"),
                        "showRecoveryCodes", new Argument.Constant("true")));
        assertThat(only("{ method: GET, path: /a, operation: history, arguments: { limit: { constant: 20 } } }")
                        .arguments())
                .isEqualTo(Map.of("limit", new Argument.Constant("20")));
    }

    @Test
    void casesAreTriedInTheirOrder() {
        var route = DialectFiles.valid(folder, DialectFiles.withRoutes("""
                        { method: POST, path: /a, cases: [
                            { when: /code, operation: confirmSetup, arguments: { code: /code } },
                            { when: { from: /on, is: false }, operation: disable },
                            { when: { from: "query:action", is: stop }, operation: logout },
                            { operation: startSetup } ] }"""))
                .routes()
                .getFirst();
        assertThat(route.cases())
                .extracting(Route.Case::when, one -> one.operation().name())
                .containsExactly(
                        tuple(
                                Optional.of(new Route.Condition(new Source.Body("/code"), Optional.empty())),
                                "confirmSetup"),
                        tuple(
                                Optional.of(new Route.Condition(new Source.Body("/on"), Optional.of("false"))),
                                "disable"),
                        tuple(
                                Optional.of(new Route.Condition(new Source.Query("action"), Optional.of("stop"))),
                                "logout"),
                        tuple(Optional.empty(), "startSetup"));
    }

    @Test
    void anAnswerMayHaveAStatusHeadersAndCookies() {
        var answer = only("""
                        { method: GET, path: /a, operation: me, answers: { me: {
                            status: 203,
                            headers: { X-Id: $user.id },
                            cookies: { id: { value: $user.id, maxAge: 2h, httpOnly: false }, plain: { value: yes } } } } }""").answers().get("me");
        var id = new Template.Reference(List.of("user", "id"));
        assertThat(answer)
                .isEqualTo(new Route.Answer(
                        Optional.of(203),
                        Optional.empty(),
                        Map.of("X-Id", id),
                        List.of(
                                new Route.AnswerCookie("id", id, Optional.of(7200L), false),
                                new Route.AnswerCookie("plain", new Template.Literal("yes"), Optional.empty(), true))));
    }

    @Test
    void aFormIsTakenWhereARouteNamesAField() {
        var dialect = DialectFiles.valid(
                folder,
                DialectFiles.withRoutes(
                        "{ method: POST, path: /a, operation: sendCode, arguments: { mfaTempToken: [/t, form:t] } }",
                        "{ method: POST, path: /b, operation: sendCode, arguments: { mfaTempToken: /t } }",
                        "{ method: POST, path: /c, cases: [{ when: form:x, operation: sendCode }, { operation: logout }] }"));
        assertThat(dialect.routes()).extracting(Route::takesForms).containsExactly(true, false, true);
    }

    @Test
    void errorsHaveMembersAndTextsOfTheirOwn() {
        var dialect = DialectFiles.valid(folder, """
                name: own
                base: /own
                texts: { oops: { en: Oops, fr: Oups } }
                errors:
                  members: { detail: $message, why: $error.code, said: $text.oops }
                  texts: { INVALID_CODE: { message: { en: Wrong code }, detail: { en: Look again, fr: Regardez } } }
                routes:
                  - { method: GET, path: /a, operation: status }
                """);
        assertThat(dialect.errors().members())
                .isEqualTo(Map.of(
                        "detail", new Template.Reference(List.of("message")),
                        "why", new Template.Reference(List.of("error", "code")),
                        "said", new Template.Phrase(Map.of("en", "Oops", "fr", "Oups"))));
        assertThat(dialect.errors().texts())
                .isEqualTo(Map.of(
                        "INVALID_CODE",
                        new ErrorText(
                                Optional.of(new Template.Phrase(Map.of("en", "Wrong code"))),
                                Optional.of(new Template.Phrase(Map.of("en", "Look again", "fr", "Regardez"))))));
    }

    @Test
    void nothingIsReplacedInADialectFile() {
        var yaml = DialectFiles.withRoutes(
                "{ method: GET, path: /a, operation: status, answers: { status: { body: \"at ${HOME}\" } } }");
        assertThat(DialectFiles.answer(folder, yaml, "status").body()).contains(new Template.Literal("at ${HOME}"));
    }

    @Test
    void whatIsNoFileOrNoYamlIsAProblemToo() throws Exception {
        var missing = (DialectFile.Invalid) DialectFile.load(folder.resolve("none.yaml"));
        assertThat(missing.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).isEqualTo("there is no such file; check the path"));
        var directory = Files.createDirectory(folder.resolve("own.yaml"));
        assertThat(DialectFile.load(directory)).isInstanceOf(DialectFile.Invalid.class);
        assertThat(DialectFile.load(Path.of("/"))).isInstanceOf(DialectFile.Invalid.class);
    }

    @Test
    void everyDialectOfTheJarIsRightAndTheyGoTogether() {
        var shipped = Dialects.with(
                Dialects.SHIPPED.stream().map(DialectFile::builtIn).toList());
        assertThat(shipped.all()).extracting(Dialect::name).startsWith("portcullis", "well-known");
        assertThat(shipped.clashes()).isEmpty();
    }

    @Test
    void twoDialectsOnOneRouteAreToldWithBothFiles() {
        var own = DialectFiles.valid(folder, """
                name: own
                base: /auth
                routes:
                  - { method: GET, path: /me, operation: status }
                  - { method: POST, path: /me, operation: sendCode }
                  - { method: DELETE, path: "/sessions/{which}", operation: revokeSession, arguments: { id: "path:which" } }
                """);
        var line = Dialects.with(List.of()).all().getFirst().routes().stream()
                .filter(route -> route.path().equals("/auth/me"))
                .findFirst()
                .orElseThrow()
                .place()
                .line();
        var messages = Dialects.with(List.of(own)).clashes().stream()
                .map(Dialects.Clash::message)
                .toList();
        assertThat(messages).hasSize(2);
        assertThat(messages.getFirst())
                .isEqualTo("GET /auth/me of " + folder
                        + "/own.yaml (line 4) is for the same requests as GET /auth/me of" + " portcullis (line " + line
                        + "); drop one of both, or give one dialect another base");
        assertThat(messages.getLast())
                .startsWith("DELETE /auth/sessions/{which} of ")
                .contains(" is for the same requests as DELETE /auth/sessions/{id} of portcullis (line ");
    }
}
