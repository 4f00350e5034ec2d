package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.demo.LegacyBackend;
import io.portcullis.demo.LegacyTokens;
import io.portcullis.testing.Answer;
import io.portcullis.testing.PageBrowser;
import io.portcullis.testing.browser.BrowserGateway;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser with a session of one person and a login in progress of another; what a page is for decides who is meant. */
class PageSessionIT {
    private static final String SESSION = "LEGACYSESS";
    private static final String LOGIN = "portcullis-login";
    private static final String GARBAGE = "x".repeat(43);

    private static BrowserGateway gateway;

    @BeforeAll
    static void start() {
        gateway = BrowserGateway.with("");
        enrolledByMail(LegacyAccounts.ALICE);
        enrolledByMail(LegacyAccounts.BOB);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void nobodyHasAskedForACodeForLong() {
        gateway.clock().advance(Duration.ofHours(2));
    }

    private static void enrolledByMail(LegacyAccount account) {
        var browser = new PageBrowser(gateway);
        assertThat(browser.logIn(account).status()).isEqualTo(303);
        browser.submit("/auth/ui/setup", Map.of("action", "start", "method", "email"));
        var code = gateway.mails().awaitCode(account.email());
        var codes = browser.submit("/auth/ui/setup", Map.of("action", "confirm", "code", code));
        assertThat(codes.status()).as(codes.text()).isEqualTo(200);
    }

    /** Before the code, which is mailed. */
    private static PageBrowser loggingIn(LegacyAccount account) {
        var browser = new PageBrowser(gateway);
        assertThat(browser.logIn(account).status()).isEqualTo(200);
        assertThat(browser.cookies()).containsKey(LOGIN).doesNotContainKey(SESSION);
        return browser;
    }

    private static PageBrowser loggedIn(LegacyAccount account) {
        var browser = loggingIn(account);
        var code = gateway.mails().awaitCode(account.email());
        assertThat(browser.submit("/auth/ui/verify", Map.of("code", code)).status())
                .isEqualTo(303);
        gateway.clock().advance(Duration.ofSeconds(31)); // the next code may be asked for
        return browser;
    }

    /** The session of one and the login of the other, in one browser. */
    private static void joins(PageBrowser session, PageBrowser login) {
        session.cookies().put(LOGIN, login.cookies().get(LOGIN));
    }

    private static int codes(LegacyAccount account) {
        return gateway.mails().codes(account.email()).size();
    }

    private static void assertLeads(Answer answer, int status, String path) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Location")).contains(gateway.url() + path);
    }

    @ParameterizedTest
    @CsvSource({"settings, test, 303", "disable, send, 200", "setup, send, 200"})
    void aCodeForTheSessionGoesToWhoeverHasTheSession(String page, String action, int status) {
        var alice = loggedIn(LegacyAccounts.ALICE);
        var bob = loggingIn(LegacyAccounts.BOB);
        var bobs = gateway.mails().awaitCode(LegacyAccounts.BOB.email());
        gateway.clock().advance(Duration.ofSeconds(31)); // else his would be refused as too soon
        joins(alice, bob);
        int toAlice = codes(LegacyAccounts.ALICE);
        int toBob = codes(LegacyAccounts.BOB);
        var answer = alice.submit("/auth/ui/" + page, Map.of("action", action));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(codes(LegacyAccounts.ALICE)).isEqualTo(toAlice + 1);
        assertThat(codes(LegacyAccounts.BOB)).isEqualTo(toBob);
        gateway.mails().awaitCode(LegacyAccounts.ALICE.email());
        // The login of the other goes on where it was, by the code that it had.
        assertThat(alice.cookies()).containsEntry(LOGIN, bob.cookies().get(LOGIN));
        assertLeads(bob.submit("/auth/ui/verify", Map.of("code", bobs)), 303, "/");
    }

    @ParameterizedTest
    @CsvSource({"settings, test, 303", "disable, send, 200", "setup, send, 200"})
    void aLoginCookieThatNamesNobodyIsInNobodysWay(String page, String action, int status) {
        var alice = loggedIn(LegacyAccounts.ALICE);
        alice.cookies().put(LOGIN, GARBAGE);
        int toAlice = codes(LegacyAccounts.ALICE);
        var answer = alice.submit("/auth/ui/" + page, Map.of("action", action));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(codes(LegacyAccounts.ALICE)).isEqualTo(toAlice + 1);
        gateway.mails().awaitCode(LegacyAccounts.ALICE.email());
    }

    @ParameterizedTest
    @CsvSource({"settings, test", "disable, send", "setup, send"})
    void withoutASessionTheyLeadToTheLoginAndMailNothing(String page, String action) {
        var bob = loggingIn(LegacyAccounts.BOB);
        gateway.mails().awaitCode(LegacyAccounts.BOB.email());
        gateway.clock().advance(Duration.ofSeconds(31));
        int all = codes(LegacyAccounts.ALICE) + codes(LegacyAccounts.BOB);
        var answer = bob.submit("/auth/ui/" + page, Map.of("action", action));
        assertLeads(answer, 303, "/auth/ui/login?next=%2Fauth%2Fui%2F" + page);
        assertThat(codes(LegacyAccounts.ALICE) + codes(LegacyAccounts.BOB)).isEqualTo(all);
    }

    /** Carol is logged in twice; the one session sets up the second factor, and the other is asked for it. */
    @Test
    void aStepUpIsOfTheSessionWhateverLoginIsInProgress() {
        var carol = new PageBrowser(gateway);
        assertThat(carol.logIn(LegacyAccounts.CAROL).status()).isEqualTo(303);
        assertThat(carol.get("/auth/ui/settings").status()).isEqualTo(200);
        enrolledByMail(LegacyAccounts.CAROL);
        gateway.clock().advance(Duration.ofSeconds(31));
        var bob = loggingIn(LegacyAccounts.BOB);
        var bobs = gateway.mails().awaitCode(LegacyAccounts.BOB.email());
        joins(carol, bob);

        var stepUp = "/auth/ui/verify?next=%2Fauth%2Fui%2Fsettings&for=session";
        for (var page : new String[] {"settings", "disable"}) {
            assertLeads(carol.get("/auth/ui/" + page), 302, stepUp);
        }
        assertLeads(
                carol.submit("/auth/ui/setup", Map.of("action", "start", "method", "totp", "next", "/x")),
                303,
                "/auth/ui/verify?next=%2Fauth%2Fui%2Fsetup%3Fnext%3D%252Fx&for=session");
        assertThat(carol.get(stepUp).text())
                .contains("name=\"for\" value=\"session\"")
                .contains("action=\"/auth/ui/logout\""); // which the form of a login has not

        int toBob = codes(LegacyAccounts.BOB);
        var sent = carol.submit(
                "/auth/ui/verify", Map.of("for", "session", "next", "/auth/ui/settings", "action", "send"));
        assertThat(sent.text()).contains("name=\"for\" value=\"session\"");
        assertThat(codes(LegacyAccounts.BOB)).isEqualTo(toBob);
        var carols = gateway.mails().awaitCode(LegacyAccounts.CAROL.email());
        var wrong = carol.submit(
                "/auth/ui/verify", Map.of("for", "session", "next", "/auth/ui/settings", "code", other(carols)));
        assertThat(wrong.status()).isGreaterThanOrEqualTo(400);
        assertThat(wrong.text())
                .contains("name=\"for\" value=\"session\"")
                .contains("<a href=\"/auth/ui/verify?next=%2Fauth%2Fui%2Fsettings&amp;for=session&amp;lang=fr\"");
        var verified =
                carol.submit("/auth/ui/verify", Map.of("for", "session", "next", "/auth/ui/settings", "code", carols));
        assertLeads(verified, 303, "/auth/ui/settings");
        assertThat(carol.get("/auth/ui/settings").text()).contains(LegacyAccounts.CAROL.email());
        assertLeads(bob.submit("/auth/ui/verify", Map.of("code", bobs)), 303, "/");
    }

    @Test
    void otherwiseTheLoginInProgressGoesFirst() {
        var alice = loggedIn(LegacyAccounts.ALICE);
        joins(alice, loggingIn(LegacyAccounts.BOB));
        var form = alice.get("/auth/ui/verify").text();
        assertThat(form).contains("name=\"for\" value=\"\"").doesNotContain("action=\"/auth/ui/logout\"");
        var bobs = gateway.mails().awaitCode(LegacyAccounts.BOB.email());
        assertLeads(alice.submit("/auth/ui/verify", Map.of("code", bobs)), 303, "/");
        assertThat(alice.cookies()).doesNotContainKey(LOGIN);
        assertThat(alice.get("/auth/ui/settings").text()).contains(LegacyAccounts.BOB.email());
    }

    private static String other(String code) {
        return (code.charAt(0) == '1' ? "2" : "1") + code.substring(1);
    }

    private static void assertForgotten(Answer answer) {
        assertLeads(answer, 303, "/auth/ui/login");
        assertThat(answer.cookie("portcullis")).isEqualTo("portcullis=");
        assertThat(answer.cookie(LOGIN)).isEqualTo(LOGIN + "=");
        assertThat(answer.headers("Set-Cookie"))
                .hasSize(2)
                .allSatisfy(cookie -> assertThat(cookie).contains("; Max-Age=0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"portcullis", "portcullis-login", SESSION})
    void whoeverIsNobodyAnyMoreLogsOutAllTheSame(String cookie) {
        var browser = new PageBrowser(gateway);
        browser.cookies().put(cookie, "portcullis_" + GARBAGE);
        assertForgotten(browser.submit("/auth/ui/logout", Map.of()));
    }

    @Test
    void whoeverIsTwoPeopleLogsOutAllTheSame() {
        var alice = loggedIn(LegacyAccounts.ALICE);
        var tokens = new LegacyTokens(LegacyBackend.jwtSecret(), gateway.clock());
        var bearer = "Bearer " + tokens.issue(LegacyAccounts.BOB, Duration.ofMinutes(5));
        var answer = alice.post(
                "/auth/ui/logout",
                PageBrowser.FORM,
                "",
                "Origin",
                gateway.url(),
                "Sec-Fetch-Site",
                "same-origin",
                "Authorization",
                bearer);
        assertForgotten(answer);
    }
}
