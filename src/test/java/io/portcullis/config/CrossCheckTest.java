package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.device.RememberDeviceSettings;
import io.portcullis.domain.directory.AccountsSettings;
import io.portcullis.domain.directory.DirectorySettings;
import io.portcullis.domain.limits.LimitSettings;
import io.portcullis.domain.limits.Rate;
import io.portcullis.domain.mfa.TrustedNetworkSettings;
import io.portcullis.domain.session.SessionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds, and what only several keys together can tell. */
class CrossCheckTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String STORES =
            "postgres: { url: postgresql://u:p@db/portcullis }\nredis: { url: redis://redis }\n";

    @TempDir
    Path folder;

    private List<String> problems(String yaml) {
        return Configs.problems(folder, yaml, Map.of("SECRET", SECRET));
    }

    private Settings valid(String yaml) {
        return Configs.valid(folder, yaml, Map.of("SECRET", SECRET));
    }

    /** A file with these rules and one jwt source, the rules from line 5 on. */
    private static String rules(String... rules) {
        return """
                server: { publicUrl: https://admin.example.com }
                identity: [{ name: admin, type: jwt, algorithm: HS256, secret: "${SECRET}" }]
                upstreams: { one: { url: http://one }, two: { url: http://two } }
                rules:
                """ + "  - " + String.join("\n  - ", rules) + "\n";
    }

    /** A file with this login capture in line 6. */
    private static String capture(String login) {
        return Configs.LEAST + "identity: [{ name: a, type: capture, login: " + login + " }]\n";
    }

    private static final String WITH_ADMINS =
            Configs.LEAST + "identity: [{ name: admin, type: jwt, algorithm: HS256, secret: \"${SECRET}\" }]\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 7:16: /sync/admin: give either url and sql, for a statement on the legacy database, or webhook and"
                        + " secret",
                "{ url: postgresql://u:p@db/legacy } | 7:16: /sync/admin/sql: is missing; must be the statement, such as"
                        + " UPDATE admins SET two_fa_enabled = $1 WHERE id = $2",
                "{ url: postgresql://u:p@db/legacy, sql: UPDATE a SET b = $1 } | 7:56: /sync/admin/sql: lacks $1, whether"
                        + " the second factor is on, or $2, the subject; it needs both",
                "{ url: postgresql://u:p@db/legacy, sql: UPDATE a SET b = $1 WHERE id = $23 } | 7:56: /sync/admin/sql:"
                        + " lacks $1, whether the second factor is on, or $2, the subject; it needs both",
                "{ url: postgresql://u:p@db/legacy, sql: UPDATE a SET b = $1 WHERE id = $2 AND c = $3 } | 7:56:"
                        + " /sync/admin/sql: has another parameter than $1 and $2",
                "{ url: postgresql://u:p@db/legacy, sql: UPDATE a SET b = $1 WHERE id = $2, secret: s } | 7:99:"
                        + " /sync/admin/secret: goes with webhook; leave it out",
                "{ webhook: https://legacy/hook } | 7:16: /sync/admin/secret: is missing; must be the key that signs what"
                        + " is sent, at least 32 random characters",
                "{ webhook: https://legacy/hook, secret: short } | 7:56: /sync/admin/secret: is too short; it needs at"
                        + " least 32 bytes",
                "{ webhook: ftp://legacy/hook, secret: '${SECRET}' } | 7:27: /sync/admin/webhook: must be an http or https"
                        + " URL with a host, without user, password or #",
                "{ webhook: https://u:p@legacy/hook, secret: '${SECRET}' } | 7:27: /sync/admin/webhook: must be an http or"
                        + " https URL with a host, without user, password or #",
                "{ webhook: https://legacy/hook, secret: '${SECRET}', url: postgresql://u:p@db/legacy } | 7:27:"
                        + " /sync/admin/webhook: give either url and sql, for a statement on the legacy database, or webhook"
                        + " and secret",
            })
    void aSyncIsAStatementOrAWebhook(String sync, String problem) {
        assertThat(problems(WITH_ADMINS + "sync: { admin: " + sync + " }\n")).containsExactly(problem);
    }

    @Test
    void aSyncIsForARealmOfASource() {
        var hook = "{ webhook: https://legacy/hook, secret: '${SECRET}' }";
        assertThat(problems(WITH_ADMINS + "sync: { user: " + hook + " }\n"))
                .containsExactly("7:15: /sync/user: is for a realm that no identity source has");
        var settings = valid(WITH_ADMINS + "sync: { admin: " + hook + " }\n");
        assertThat(settings.syncedRealms()).containsExactly("admin");
        assertThat(settings.toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mfa: { issuer: 'a:b' } | 6:16: /mfa/issuer: is a name without a colon",
                "mfa: { totp: { digits: 9 } } | 6:24: /mfa/totp/digits: is from 6 to 8",
                "mfa: { methods: [totp, email] } | 6:17: /mfa/methods: has email, which needs the section mail",
                "mfa: { enrollment: { proof: email } } | 6:29: /mfa/enrollment/proof: is email, which needs the section mail",
                "mfa: { email: { ttl: 31m } } | 6:22: /mfa/email/ttl: is from 1m to 30m",
                "mfa: { email: { attempts: 11 } } | 6:27: /mfa/email/attempts: is from 1 to 10",
                "mfa: { email: { resendAfter: 5s } } | 6:30: /mfa/email/resendAfter: is from 10s to mfa.email.ttl",
                "mfa: { enrollment: { autoConfirmAfter: 2m } } | 6:40: /mfa/enrollment/autoConfirmAfter: is from 1s to 1m",
                "mfa: { setup: { ttl: 2h } } | 6:22: /mfa/setup/ttl: is from 60s to 3600s",
                "mfa: { lockout: { maxLock: 1m } } | 6:17: /mfa/lockout/lock: is at least 1m and at most mfa.lockout.maxLock",
                "session: { idle: 30s } | 6:18: /session/idle: is from 1m to session.ttl",
                "session: { ttl: 1h, idle: 2h } | 6:27: /session/idle: is from 1m to session.ttl",
                "session: { ttl: 30s } | 6:17: /session/ttl: is from 1m to 90d",
                "mfa: { rememberDevice: { ttl: 23h } } | 6:31: /mfa/rememberDevice/ttl: is from 1d to 90d",
                "mfa: { rememberDevice: { ttl: 91d } } | 6:31: /mfa/rememberDevice/ttl: is from 1d to 90d",
                "audit: { retention: 29d } | 6:21: /audit/retention: is from 30d to 3650d",
                "management: { port: 70000 } | 6:21: /management/port: is from 0 to 65535",
                "management: { host: 0.0.0.0, port: 8080 } | 6:36: /management/port: is taken by server.port; give each its own",
            })
    void bounds(String line, String problem) {
        assertThat(problems(Configs.LEAST + line.replace("'", "\"") + "\n")).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limits: { header: 1MiB } | 1:67: /server/limits/header: is from 4KiB to 64KiB",
                "allowedHosts: [other.example.com] | 1:63: /server/allowedHosts: lacks the host of server.publicUrl; add it",
                "trustedProxies: [10.0.0.0/33] | 1:66: /server/trustedProxies/0: must be a network such as 10.0.0.0/8 or fd00::/8",
                "trustedProxies: [10.0.0/8] | 1:66: /server/trustedProxies/0: must be a network such as 10.0.0.0/8 or fd00::/8",
                "trustedProxies: [10.0.0.256/8] | 1:66: /server/trustedProxies/0: must be a network such as 10.0.0.0/8 or fd00::/8",
                "trustedProxies: [\"fd00:::/8\"] | 1:66: /server/trustedProxies/0: must be a network such as 10.0.0.0/8 or fd00::/8",
                "trustedProxies: [proxy] | 1:66: /server/trustedProxies/0: must be a network such as 10.0.0.0/8 or fd00::/8",
            })
    void server(String key, String problem) {
        assertThat(problems(Configs.LEAST.replace("example.com }", "example.com, " + key + " }")))
                .containsExactly(problem);
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

    @Test
    void aShortSessionMayStayUnusedAllItsLife() {
        assertThat(valid(Configs.LEAST + "session: { ttl: 30m }\n").session())
                .isEqualTo(new SessionSettings(Duration.ofMinutes(30), Duration.ofMinutes(30)));
        assertThat(valid(Configs.LEAST + "session: { ttl: 2d, idle: 36h }\n").session())
                .isEqualTo(new SessionSettings(Duration.ofDays(2), Duration.ofHours(36)));
    }

    @Test
    void networksOfBothFamilies() {
        var settings = valid(Configs.LEAST.replace(
                "example.com }", "example.com, trustedProxies: [10.1.2.0/24, \"fd00::/8\", \"::ffff:0:0/96\"] }"));
        assertThat(settings.server().trustedProxies()).containsExactly("10.1.2.0/24", "fd00::/8", "::ffff:0:0/96");
    }

    @Test
    void devicesAndNetworksThatSkipTheSecondFactor() {
        var defaults = valid(Configs.LEAST).mfa();
        assertThat(defaults.rememberDevice()).isEqualTo(RememberDeviceSettings.DEFAULTS);
        assertThat(defaults.trustedNetworks()).isEqualTo(TrustedNetworkSettings.NONE);
        var mfa = valid(Configs.LEAST + """
                mfa:
                  rememberDevice: { ttl: 90d, roles: [admin] }
                  trustedNetworks: { networks: [10.0.0.0/8, "fd00::/8"], roles: [admin, editor] }
                """).mfa();
        assertThat(mfa.rememberDevice()).isEqualTo(new RememberDeviceSettings(Duration.ofDays(90), Set.of("admin")));
        assertThat(mfa.trustedNetworks())
                .isEqualTo(new TrustedNetworkSettings(List.of("10.0.0.0/8", "fd00::/8"), Set.of("admin", "editor")));
        assertThat(problems(Configs.LEAST + "mfa: { trustedNetworks: { networks: [10.0.0.0/33], roles: [admin] } }\n"))
                .containsExactly(
                        "6:38: /mfa/trustedNetworks/networks/0: must be a network such as 10.0.0.0/8 or fd00::/8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"device", "network"})
    void whatStandsInForAProofIsNoMethodToSetUpNorForARule(String method) {
        assertThat(problems(Configs.LEAST + "mfa: { methods: [" + method + "] }\n"))
                .singleElement()
                .asString()
                .contains("/mfa/methods/0");
        assertThat(problems(Configs.LEAST.replace(
                        "public }", "two-factor, secondFactor: { methods: [\"${METHOD:-" + method + "}\"] } }")))
                .anySatisfy(problem -> assertThat(problem).contains("/rules/0/secondFactor/methods/0"));
    }

    @Test
    void upstreams() {
        assertThat(problems(Configs.LEAST.replace("9000 }", "70000, maxConnections: 0, timeout: 0s }")))
                .containsExactly(
                        "3:18: /upstreams/legacy/url: has a port from 1 to 65535",
                        "3:58: /upstreams/legacy/maxConnections: is from 1 to 10000",
                        "3:70: /upstreams/legacy/timeout: is more than 0s");
    }

    @Test
    void storesComeTogetherAndWithSecrets() {
        assertThat(problems(Configs.LEAST + "redis: { url: redis://redis }\n"))
                .containsExactly(
                        "6:8: /redis: give both postgres and redis, or leave out both for the embedded stores");
        assertThat(problems(Configs.LEAST + STORES))
                .containsExactly(
                        "6:11: /postgres: needs secrets.encryption and secrets.pepper, made by: portcullis keys new");
    }

    @Test
    void secretsHaveAForm() {
        assertThat(problems(Configs.LEAST + STORES + "secrets: { encryption: abc, pepper: short }\n"))
                .containsExactly(
                        "8:24: /secrets/encryption: must be a keyset in JSON, made by: portcullis keys new",
                        "8:37: /secrets/pepper: must be at least 32 random characters");
    }

    @Test
    void limits() {
        assertThat(problems(Configs.LEAST
                        + "limits: { sendCode: { account: 0/1h, address: 5/25h }, login: { failures: 1001/15m } }\n"))
                .containsExactly(
                        "6:32: /limits/sendCode/account: is from 1 to 1000 in a window from 1s to 24h",
                        "6:47: /limits/sendCode/address: is from 1 to 1000 in a window from 1s to 24h",
                        "6:75: /limits/login/failures: is from 1 to 1000 in a window from 1s to 24h");
        var settings = valid(Configs.LEAST + "limits: { sendCode: { account: 3/30m }, login: { failures: 7/90s } }\n");
        assertThat(settings.limits())
                .isEqualTo(new LimitSettings(
                        new Rate(3, Duration.ofMinutes(30)),
                        new Rate(20, Duration.ofHours(1)),
                        new Rate(7, Duration.ofSeconds(90)),
                        new Rate(30, Duration.ofMinutes(5))));
    }

    @Test
    void aCookieThatBrowsersWouldDrop() {
        assertThat(problems(Configs.LEAST + "session: { cookie: { secure: false, sameSite: None } }\n"))
                .singleElement()
                .asString()
                .startsWith("6:30: /session/cookie/secure: must be true for sameSite None");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ path: /a, access: public, upstream: three } | 5:43: /rules/0/upstream: no upstream has this name; known are: one, two",
                "{ path: /a, access: public } | 5:5: /rules/0/upstream: is missing; there are several upstreams: one, two",
                "{ path: /a, access: public, upstream: one, roles: [x] } | 5:55: /rules/0/roles: counts only where access is one-factor or two-factor; leave it out",
                "{ path: /a, access: deny, enforcement: { mode: report } } | 5:44: /rules/0/enforcement: counts only where access is one-factor or two-factor; leave it out",
                "{ path: /a, access: one-factor, upstream: one, secondFactor: { maxAge: 1h } } | 5:66: /rules/0/secondFactor: counts only where access is two-factor; leave it out",
                "{ path: /a, access: two-factor, upstream: one, secondFactor: { maxAge: 0s } } | 5:76: /rules/0/secondFactor/maxAge: is more than 0s",
                "{ path: /a, access: two-factor, upstream: one, secondFactor: { methods: [recovery] } } | 5:77: /rules/0/secondFactor/methods: names no method that mfa.methods lets people set up; nobody can pass",
                "{ path: /a, access: two-factor, upstream: one, enforcement: { from: 2027-02-30T00:00:00Z } } | 5:73: /rules/0/enforcement/from: must be a moment that exists, such as 2027-01-01T00:00:00Z",
                "{ path: /a, access: two-factor, upstream: one, pages: { login: //evil } } | 5:68: /rules/0/pages/login: must be a local path such as /auth/ui/login, with one leading slash",
            })
    void rules(String rule, String problem) {
        assertThat(problems(rules(rule))).containsExactly(problem);
    }

    @Test
    void aRuleThatCanNeverMatch() {
        assertThat(problems(rules(
                        "{ path: /a, access: public, upstream: one, methods: [GET, HEAD] }",
                        "{ path: /A, access: deny, methods: [HEAD, GET] }",
                        "{ path: /a, access: deny }")))
                .containsExactly(
                        "6:13: /rules/1/path: never matches: the rule in line 5 takes all of it; put this one before that, or remove it");
    }

    @Test
    void aWideRuleBeforeAStrictOneThatItOpens() {
        assertThat(problems(rules(
                        "{ path: /internal, access: deny }",
                        "{ path: /**, access: public, upstream: one }",
                        "{ path: /admin/**, access: two-factor, upstream: one }")))
                .containsExactly(
                        "7:13: /rules/2/path: never matches: the rule in line 6 takes all of it; put this one before that, or remove it");
    }

    @ParameterizedTest
    @CsvSource({
        "/**, /admin/**, true",
        "/admin/**, /admin, true",
        "/admin/*, /admin/x, true",
        "/*/x, /a/x, true",
        "/admin/**, /administrator, false",
        "/admin/*, /admin/**, false",
        "/admin, /admin/**, false",
        "/a/x, /*/x, false",
        "/admin/login, /admin/**, false",
    })
    void aPathThatLeavesNothingToAnother(String path, String other, boolean covers) {
        assertThat(PathCover.covers(path, other)).isEqualTo(covers);
    }

    @Test
    void whatARuleMayLeaveOut() {
        var settings = valid(rules("{ path: /internal/**, access: deny }")
                .replace(", two: { url: http://two }", "")
                .concat("  - { path: /**, access: two-factor, enforcement: { from: 2027-01-01T00:00:00+01:00 } }\n"));
        assertThat(settings.rules().getFirst().upstream()).isEmpty();
        assertThat(settings.rules().getLast().upstream()).isEqualTo("one");
        assertThat(settings.rules().getLast().enforcement().from().orElseThrow())
                .hasToString("2026-12-31T23:00:00Z");
        assertThat(settings.upstreams().getFirst().port()).isEqualTo(80);
    }

    @Test
    void nobodyPassesWithoutAnIdentitySource() {
        assertThat(problems(Configs.LEAST.replace("access: public", "access: two-factor")))
                .containsExactly("5:26: /rules/0/access: needs an identity source; without one nobody can pass");
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
