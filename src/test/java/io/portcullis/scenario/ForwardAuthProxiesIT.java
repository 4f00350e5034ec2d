package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.FrontProxy;
import io.portcullis.testing.FrontProxy.Kind;
import io.portcullis.testing.Person;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The samples of {@code docs/forward-auth} in real proxies, each before the same backend. */
class ForwardAuthProxiesIT {
    private static final Map<Kind, FrontProxy> PROXIES = new EnumMap<>(Kind.class);

    @TempDir
    private static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.by("forward-auth.yaml", Map.of());
        for (var kind : Kind.values()) {
            PROXIES.put(
                    kind, FrontProxy.start(kind, folder.resolve(kind.name()), gateway.port(), gateway.backendPort()));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        for (var proxy : PROXIES.values()) {
            proxy.close();
        }
        gateway.close();
    }

    private static int port(Kind kind) {
        return Objects.requireNonNull(PROXIES.get(kind)).port();
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalReachesTheClientWordForWord(Kind kind) {
        var alice = gateway.loggedIn().with("Origin", TestGateway.CONSOLE);
        var direct = alice.get("/admin/metrics");
        var mandatory = alice.at(port(kind)).get("/admin/metrics");
        assertThat(mandatory.status()).isEqualTo(403);
        assertThat(mandatory.text()).isEqualTo(direct.text()).contains("2FA is mandatory for admin accounts");
        for (var header :
                new String[] {"Content-Type", "Cache-Control", "X-Portcullis", "Access-Control-Allow-Origin", "Vary"}) {
            assertThat(mandatory.headers(header)).as(header).isEqualTo(direct.headers(header));
        }
        assertThat(mandatory.headers("X-Request-Id")).hasSize(1);
        var again = gateway.again(alice.enrolled());
        var required = again.at(port(kind))
                .with("Accept-Language", "fr")
                .post("/admin/metrics", TestGateway.form(LegacyAccounts.ALL.getFirst()));
        assertThat(required.code()).isEqualTo("2FA_REQUIRED");
        assertThat(required.headers("WWW-Authenticate"))
                .isEqualTo(again.get("/admin/metrics").headers("WWW-Authenticate"));
        assertThat(required.header("X-Request-Id")).contains((String) required.error("requestId"));
        assertThat(required.text()).contains("é");
    }

    @ParameterizedTest
    @EnumSource
    void soDoesOneWithAnotherStatus(Kind kind) throws Exception {
        var authorization =
                "Authorization: Bearer " + gateway.loggedIn().enrolled().token();
        assertThat(RawHttp.get(port(kind), "/public/..%2fadmin/metrics", authorization)
                        .code())
                .isEqualTo("AMBIGUOUS_PATH");
        assertThat(RawHttp.get(port(kind), "/elsewhere", authorization).code()).isEqualTo("NO_ROUTE");
        assertThat(RawHttp.get(port(kind), "/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
        try (var raw = RawHttp.to(port(kind))) {
            var elsewhere = RawHttp.request("GET", "/admin/metrics", "").replace("localhost", "evil.example");
            assertThat(raw.send(elsewhere).answer().code()).isEqualTo("MISDIRECTED_REQUEST");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNavigationIsLedToThePageThatHelps(Kind kind) {
        var alice = gateway.again(gateway.loggedIn().enrolled()).at(port(kind));
        var answer = alice.with("Sec-Fetch-Mode", "navigate").get("/admin/metrics?day=1");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location"))
                .contains("https://admin.example.com/verify?next=%2Fadmin%2Fmetrics%3Fday%3D1");
    }

    @ParameterizedTest
    @EnumSource
    void whoVerifiedIsLetThroughAsThemselves(Kind kind) throws Exception {
        var alice = gateway.loggedIn().at(port(kind));
        assertThat(alice.get("/admin/inspect").code()).isEqualTo("2FA_MANDATORY");
        alice.enrolled(); // through the proxy, at the gateway's own routes
        var request = RawHttp.request(
                        "POST",
                        "/admin/inspect?a=%20b&c",
                        "{\"a\":1}",
                        "Authorization: Bearer " + alice.token(),
                        "Cookie: theme=dark; portcullis=portcullis_secret",
                        "X-Auth-Subject: 1",
                        "x-auth-level: root",
                        "X_Auth_Role: superAdmin",
                        "X.Auth.Role: superAdmin",
                        "HTTP-X-Auth-Role: superAdmin",
                        "X-Auth-Assertion: forged",
                        "X-Forwarded-Uri: /public/x",
                        "X-Forwarded-Method: GET",
                        "X-Original-URL: /public/x",
                        "X-Original-Method: GET",
                        "X-Rewrite-URL: /public/x",
                        "X-HTTP-Method-Override: DELETE",
                        "X-Forwarded-For: 127.0.0.9",
                        "X-Request-Id: mine")
                .replace("Connection: close", "Connection: close, X-Auth-Subject");
        try (var raw = RawHttp.to(port(kind))) {
            var seen = raw.send(request).answer();
            assertThat(seen.status()).as(seen.text()).isEqualTo(200);
            assertThat(seen.json("/method")).isEqualTo("POST");
            assertThat(seen.json("/uri")).isEqualTo("/admin/inspect?a=%20b&c");
            assertThat(seen.json("/bodyBytes")).isEqualTo(7);
            var headers = seen.json().getJsonArray("headers").encode().toLowerCase(Locale.ROOT);
            assertThat(headers)
                    .contains("[\"x-auth-subject\",\"" + alice.subject() + "\"]")
                    .contains("[\"x-auth-level\",\"two-factor\"]")
                    .contains("[\"x-auth-role\",\"admin\"]")
                    .contains("[\"x-forwarded-for\",\"127.0.0.1\"]")
                    .contains("[\"cookie\",\"theme=dark\"]")
                    .contains(
                            "[\"x-request-id\",\"" + seen.header("X-Request-Id").orElseThrow() + "\"]")
                    .doesNotContain("superadmin", "root", "forged", "override", "/public/x", "mine", "secret", "{")
                    .doesNotContain("[\"x-auth-subject\",\"1\"]", "127.0.0.9");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsNotAskedForIsNobody(Kind kind) {
        var seen = gateway.nobody()
                .at(port(kind))
                .with("X-Auth-Subject", "1")
                .with("X-Auth-Assertion", "forged")
                .with("Authorization", "Basic eDp5")
                .send("PUT", "/admin/inspect");
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.text()).doesNotContainIgnoringCase("x-auth-").contains("Basic eDp5");
    }

    @ParameterizedTest
    @EnumSource
    void theLegacyLoginIsWatched(Kind kind) {
        var account = LegacyAccounts.ALL.getFirst();
        var answer = gateway.nobody().at(port(kind)).post("/admin/login", TestGateway.form(account));
        assertThat(answer.status()).isEqualTo(200);
        var alice = gateway.nobody().holding(answer.string("/token")).at(port(kind));
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
    }

    @ParameterizedTest
    @EnumSource
    void aRuleInReportModeSaysSo(Kind kind) {
        var alice = gateway.loggedIn().at(port(kind));
        assertThat(alice.get("/admin/slow?ms=1").header("X-2FA-Would-Refuse")).contains("2FA_MANDATORY");
        var verified = alice.enrolled().get("/admin/slow?ms=1");
        assertThat(verified.status()).isEqualTo(200);
        assertThat(verified.header("X-2FA-Would-Refuse")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noClientMayAsk(Kind kind) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        for (var path : new String[] {
            "/auth/forward",
            "/auth/forward/refusal",
            "/auth/forward?x",
            "/AUTH/Forward",
            "/auth//forward",
            "/auth/%66orward",
            "/auth/./forward",
            "/x/../auth/forward"
        }) {
            var answer = RawHttp.get(
                    port(kind),
                    path,
                    "Authorization: Bearer " + alice.token(),
                    "X-Forwarded-Method: GET",
                    "X-Forwarded-Uri: /admin/metrics");
            assertThat(answer.status()).as(path).isIn(400, 404);
            assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("x-auth-"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPreflightIsAnsweredByTheGateway(Kind kind) {
        var answer = gateway.nobody()
                .at(port(kind))
                .with("Origin", TestGateway.CONSOLE)
                .with("Access-Control-Request-Method", "POST")
                .send("OPTIONS", "/admin/metrics");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(TestGateway.CONSOLE);
    }

    @ParameterizedTest
    @EnumSource
    void aWebSocketIsAskedAboutToo(Kind kind) throws Exception {
        var alice = gateway.loggedIn();
        assertThat(refusedStatus(alice.at(port(kind)))).isEqualTo(403);
        var verified = alice.enrolled().at(port(kind));
        assertThat(refusedStatus(verified.with("Origin", "https://evil.example")))
                .isEqualTo(403);
        var said = new CompletableFuture<String>();
        var socket = verified.open("/admin/echo", new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        said.complete(text.toString());
                        return WebSocket.Listener.super.onText(from, text, last);
                    }
                })
                .get(30, TimeUnit.SECONDS);
        socket.sendText("hello", true).get(30, TimeUnit.SECONDS);
        assertThat(said.get(30, TimeUnit.SECONDS)).isEqualTo("hello");
        socket.abort();
    }

    private static int refusedStatus(Person person) throws Exception {
        try {
            person.open("/admin/echo", new WebSocket.Listener() {}).get(30, TimeUnit.SECONDS);
            return 101;
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof WebSocketHandshakeException handshake) {
                return handshake.getResponse().statusCode();
            }
            throw refused;
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheGatewayNothingIsLetThrough(Kind kind) throws Exception {
        try (var alone = FrontProxy.start(kind, folder.resolve(kind + "-alone"), 1, gateway.backendPort())) {
            var answer = gateway.loggedIn().enrolled().at(alone.port()).get("/admin/metrics");
            assertThat(answer.status()).isIn(500, 502, 503);
        }
    }
}
