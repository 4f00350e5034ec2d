package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.directory.AccountsSettings;
import io.portcullis.domain.directory.DirectorySettings;
import io.portcullis.testing.SigningKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources of identity: what each kind needs, and what a source may not share with another or with the rules. */
class IdentityCrossCheckTest {
    @TempDir
    Path folder;

    private List<String> problems(String yaml) {
        return Configs.problems(folder, yaml, Map.of("SECRET", Configs.SECRET));
    }

    private Settings valid(String yaml) {
        return Configs.valid(folder, yaml, Map.of("SECRET", Configs.SECRET));
    }

    /** A file with this login capture in line 6. */
    private static String capture(String login) {
        return Configs.LEAST + "identity: [{ name: a, type: capture, login: " + login + " }]\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url: mysql://db/x, query: 'SELECT $1' | 6:45: /identity/0/url: is not of the form postgresql://user:password@host:port/database; no other database can be asked",
                "query: 'SELECT 1', url: postgresql://u:p@db/x | 6:47: /identity/0/query: has to name the e-mail as $1, and no other parameter",
                "query: 'SELECT $10', url: postgresql://u:p@db/x | 6:47: /identity/0/query: has to name the e-mail as $1, and no other parameter",
                "query: 'SELECT $1, $2', url: postgresql://u:p@db/x | 6:47: /identity/0/query: has to name the e-mail as $1, and no other parameter",
                "cache: 61s, url: postgresql://u:p@db/x, query: 'SELECT $1' | 6:47: /identity/0/cache: is from 0s to 60s",
            })
    void directory(String keys, String problem) {
        assertThat(problems(
                        Configs.LEAST + "identity: [{ name: a, type: directory, " + keys.replace("'", "\"") + " }]\n"))
                .containsExactly(problem);
    }

    @Test
    void aSourceOfPeopleHasItsNameForARealmUnlessItSaysAnother() {
        var settings = valid(Configs.LEAST + """
                identity:
                  - { name: local, type: accounts, realm: admin }
                  - { name: users, type: directory, url: "postgresql://u:secret@db/legacy", query: "SELECT $1" }
                """);
        assertThat(settings.identity())
                .containsExactly(
                        new AccountsSettings("local", "admin"),
                        new DirectorySettings(
                                "users",
                                "users",
                                "postgresql://u:secret@db/legacy",
                                "SELECT $1",
                                Duration.ofSeconds(1)));
        assertThat(settings.identity().toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "algorithm: HS256 | 6:12: /identity/0/secret: is missing; HS256 needs it",
                "algorithm: HS256, secret: short | 6:60: /identity/0/secret: is too short; HS256 needs at least 32 bytes",
                "algorithm: RS256, secret: ${SECRET} | 6:12: /identity/0/key: is missing; RS256 needs it",
                "algorithm: ES256, key: abc | 6:57: /identity/0/key: must be a public key or certificate as PEM, or a public key as JSON Web Key",
                "algorithm: HS256, secret: ${SECRET}, leeway: 2m | 6:79: /identity/0/leeway: is from 0s to 60s",
                "algorithm: HS256, secret: ${SECRET}, from: [header] | 6:78: /identity/0/from/0: must be bearer, or cookie:NAME",
            })
    void tokens(String keys, String problem) {
        assertThat(problems(Configs.LEAST + "identity: [{ name: a, type: jwt, " + keys + " }]\n"))
                .contains(problem);
    }

    @Test
    void aKeyOfAnotherKindThanItsAlgorithm() throws Exception {
        var key = SigningKeys.publicPem("RSA", 2048).replace("\n", "\\n");
        assertThat(problems(
                        Configs.LEAST + "identity: [{ name: a, type: jwt, algorithm: ES256, key: \"" + key + "\" }]\n"))
                .containsExactly("6:57: /identity/0/key: cannot be used: the PEM holds no EC public key");
    }

    /** The first would take the tokens of both: user 1 and admin 1 would be one account. */
    @Test
    void twoSourcesThatAcceptTheSameTokens() {
        var twins = """
                identity:
                  - { name: admin, type: jwt, algorithm: HS256, secret: "${SECRET}", issuer: legacy }
                  - { name: user, type: jwt, algorithm: HS256, secret: "${SECRET}" }
                """;
        assertThat(problems(Configs.LEAST + twins))
                .containsExactly("8:13: /identity/1/name: accepts the tokens of admin, whose realm is another;"
                        + " give each its own key, issuer or audience");
        assertThat(problems(Configs.LEAST + twins.replace("\"${SECRET}\" }", "\"${SECRET}\", issuer: other }")))
                .isEmpty();
    }

    @Test
    void aFaultIsToldOnce() {
        assertThat(problems(Configs.LEAST
                        + "identity: [{ name: a, type: jwt, algorithm: HS256, secret: short, leeway: 2m }]\n"))
                .containsExactly(
                        "6:60: /identity/0/secret: is too short; HS256 needs at least 32 bytes",
                        "6:75: /identity/0/leeway: is from 0s to 60s");
    }

    @Test
    void aSourceHasANameOfItsOwn() {
        var source = "  - { name: a, type: jwt, algorithm: HS256, secret: \"${SECRET}\" }\n";
        assertThat(problems(Configs.LEAST + "identity:\n" + source + source))
                .containsExactly("8:13: /identity/1/name: is the name of an earlier source too; give each its own");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ path: /login, success: { token: /t, user: /u } } | 6:45: /identity/0/login/email: is missing; must be a JSON pointer into the body",
                "{ path: /login, email: /e, success: { user: /u } } | 6:81: /identity/0/login/success/token: is missing; must be a JSON pointer into the body",
                "{ path: /login, email: /e, success: { token: /t } } | 6:81: /identity/0/login/success/user: is missing; needed where no jwt or introspection source reads the credential, and no accounts or directory source has the realm",
                "{ path: /login, email: /e, success: { token: t, user: /u } } | 6:90: /identity/0/login/success/token: must be a JSON pointer such as /token",
                "{ path: /login, email: /e, success: { status: 400, token: /t, user: /u } } | 6:91: /identity/0/login/success/status: is from 200 to 399",
                "{ path: /login, email: /e, form: { email: e }, success: { token: /t, user: /u } } | 6:68: /identity/0/login/email: is for JSON logins; leave it out beside form",
                "{ path: /login, email: /e, success: { token: /t, cookie: c, user: /u } } | 6:102: /identity/0/login/success/cookie: is there beside token; name the one that requests bring later",
                "{ path: /login, email: /e, success: { cookie: Portcullis-login, user: /u } } | 6:91: /identity/0/login/success/cookie: is a cookie of the gateway's own, which no backend sets",
                "{ path: /login, email: /e, success: { token: /t, equals: yes, user: /u } } | 6:102: /identity/0/login/success/equals: is the value of field, which is missing",
            })
    void captures(String login, String problem) {
        assertThat(problems(capture(login))).containsExactly(problem);
    }

    @Test
    void aLoginNobodyMayReach() {
        var login = "{ path: /login, email: /e, success: { token: /t, user: /u } }";
        assertThat(problems(capture(login).replace("access: public", "access: one-factor")))
                .containsExactly(
                        "6:53: /identity/0/login/path: falls under a rule with access one-factor, so nobody could"
                                + " log in; put a public rule for it before that one");
        assertThat(problems(capture(login).replace("path: /**", "path: /app/**")))
                .containsExactly(
                        "6:53: /identity/0/login/path: the rules answer it with NO_ROUTE; add a public rule for it");
    }

    @Test
    void oneLoginIsCapturedOnce() {
        var source = "type: capture, login: { path: /login, email: /e, success: { token: /t, user: /u } } }\n";
        assertThat(problems(Configs.LEAST + "identity:\n  - { name: a, " + source + "  - { name: b, " + source))
                .containsExactly("8:46: /identity/1/login/path: is the login of an earlier source too; remove one");
    }
}
