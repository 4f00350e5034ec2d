package io.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.http.CookieSettings;
import io.portcullis.http.RequestOrigin;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
    private static final CookieSettings COOKIES = CookieSettings.DEFAULTS;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Auth-Subject",
                "x-auth-anything",
                "X_Auth_Role",
                "X-Auth_Email",
                "x.auth.level",
                "X~Auth~Amr",
                "HTTP_X_AUTH_SUBJECT",
                "Http-X-Auth-Session",
                "HTTP_HTTP_X_AUTH_ROLE",
                "X-Forwarded-For",
                "x_forwarded_host",
                "X-Forwarded-Prefix",
                "X-Forwarded",
                "Forwarded",
                "HTTP_FORWARDED",
                "X-Real-IP",
                "x_real_ip",
                "True-Client-IP",
                "CF-Connecting-IP",
                "X-Client-IP",
                "X-Cluster-Client-IP",
                "Via",
                "X-Original-URL",
                "X-Original-URI",
                "x.original.method",
                "X-Rewrite-URL",
                "X-Override-URL",
                "X-HTTP-Method",
                "X-HTTP-Method-Override",
                "X_HTTP_Method_Override",
                "X-Method-Override",
                "X-Request-Id",
                "x_request_id",
                "Content_Length",
                "content.length",
                "Transfer_Encoding",
                "HTTP_TRANSFER_ENCODING",
                "HTTP_HOST",
                "HTTP_COOKIE",
                "http-authorization",
                "TE",
                "Trailer",
                "Keep_Alive",
                "Proxy-Authorization",
                "Proxy-Connection",
                "HTTP2-Settings",
                "Upgrade",
                "X-Listed",
                "x_listed",
            })
    void nameThatOnlyTheGatewayMaySayIsRemoved(String name) {
        assertThat(sent(name, "evil")).doesNotContain("evil");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept",
                "X-Author",
                "X-Authentic",
                "X-Forward",
                "Hosts",
                "Http",
                "HTTP-",
                "Content-Type",
                "Origin",
                "Referer",
                "User_Agent",
                "X-Listed-2",
                "Range",
                "Expect",
                "X",
            })
    void anyOtherNamePasses(String name) {
        assertThat(sent(name, "kept")).contains("kept");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1; b=2|a=1; b=2",
                "portcullis=x|''",
                "a=1; portcullis=x|a=1",
                "portcullis=x; a=1|a=1",
                "a=1; portcullis=x; b=2|a=1; b=2",
                "a=1;portcullis=x;b=2|a=1;b=2",
                "a=1;; portcullis = x ;  b=\"2;\"|a=1;;  b=\"2;\"",
                "portcullis=x; portcullis=y|''",
                "__Host-portcullis=x; portcullis-login=y; __Host-portcullis-login=z; a|a",
                "PORTCULLIS=x; a=1|a=1",
                "portcullis-device=x; a=1; __Host-portcullis-device=y; __Secure-portcullis-device=z|a=1",
                "portcullis-oidc=x; a=1; __Host-portcullis-oidc=y|a=1",
                "myportcullis=1; portcullis2=2; a=portcullis|myportcullis=1; portcullis2=2; a=portcullis",
                "portcullis; a=1|a=1",
                "DROP=1; drop=2; a=3|drop=2; a=3",
                "a=1; portcullis=x;|a=1",
                "=; a=1;|=; a=1;",
            })
    void ownCookiesAreCutOutOfTheLine(String line, String kept) {
        assertThat(new CookieCutter(COOKIES).cut(line, Set.of("DROP"))).isEqualTo(kept);
    }

    /** Whatever the config names them: a name before the prefix was the default would open the same door. */
    @ParameterizedTest
    @ValueSource(strings = {"gate", "__Host-gate", "__Secure-gate"})
    void ownCookiesAreKnownWithAndWithoutThePrefix(String name) {
        var cutter = new CookieCutter(new CookieSettings(name, true, "Lax"));
        for (var prefix : List.of("", "__Host-", "__Secure-", "__host-", "__SECURE-")) {
            for (var suffix : List.of("", "-login", "-device", "-oidc", "-language")) {
                var own = prefix + "gate" + suffix;
                assertThat(cutter.cut("a=1; " + own + "=x", Set.of())).as(own).isEqualTo("a=1");
                assertThat(cutter.sets(own + "=x; Path=/")).as(own).isTrue();
            }
        }
        var others = "gates=1; __Hostgate=2; __Host-mygate=3; __Host-=4";
        assertThat(cutter.cut(others, Set.of())).isSameAs(others);
    }

    @Test
    void aCookieWithoutANameIsDroppedToo() {
        assertThat(new CookieCutter(COOKIES).cut("a=1; =2, x=3; b=4", Set.of("")))
                .isEqualTo("a=1; b=4");
    }

    @Test
    void lineWithNothingToCutIsTheSameObject() {
        var line = "a=1; b=2";
        assertThat(new CookieCutter(COOKIES).cut(line, Set.of())).isSameAs(line);
    }

    /** On a public rule too, where nobody judges anything, and wherever a client puts it. */
    @Test
    void aTokenOfOurOwnStaysHere() {
        var from = HttpHeaders.headers()
                .add("Authorization", "Bearer portcullis_abc")
                .add("Cookie", "a=1; other=portcullis_abc; b=\"portcullis_abc\"; c=2");
        var to = HttpHeaders.headers();
        new RequestHeaders(COOKIES, List.of())
                .copy(from, forwarding("192.0.2.1", "h", Set.of(), false, false), "h", to);
        assertThat(to.contains("Authorization")).isFalse();
        assertThat(to.getAll("Cookie")).containsExactly("a=1; c=2");
    }

    /** A login is read by its type: neither taken away after that, nor in a second spelling beside it. */
    @Test
    void theTypeThatWasJudgedIsTheOneThatIsSent() {
        var from = HttpHeaders.headers()
                .add("Connection", "Content-Type")
                .add("Content-Type", "application/json")
                .add("Content_Type", "multipart/form-data")
                .add("HTTP_CONTENT_ENCODING", "gzip");
        var to = HttpHeaders.headers();
        new RequestHeaders(COOKIES, List.of())
                .copy(from, forwarding("192.0.2.1", "h", Set.of(), false, false), "h", to);
        assertThat(to.getAll("Content-Type")).containsExactly("application/json");
        assertThat(to.names()).doesNotContain("Content_Type", "HTTP_CONTENT_ENCODING");
    }

    @Test
    void credentialThatWasNotJudgedStaysHere() {
        var from = HttpHeaders.headers().add("Authorization", "Bearer x").add("Cookie", "LEGACY=1; a=2");
        var to = HttpHeaders.headers();
        var forwarding = forwarding("192.0.2.1", "h", Set.of("LEGACY"), true, false);
        new RequestHeaders(COOKIES, List.of()).copy(from, forwarding, "h", to);
        assertThat(to.contains("Authorization")).isFalse();
        assertThat(to.getAll("Cookie")).containsExactly("a=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1|h|for=192.0.2.1;proto=https;host=h",
                "192.0.2.1|h:8443|for=192.0.2.1;proto=https;host=\"h:8443\"",
                "2001:db8::1|[::1]:80|for=\"[2001:db8::1]\";proto=https;host=\"[::1]:80\"",
            })
    void forwardedIsQuotedWhereItMust(String address, String host, String value) {
        var to = HttpHeaders.headers();
        new RequestHeaders(COOKIES, List.of())
                .copy(HttpHeaders.headers(), forwarding(address, host, Set.of(), false, false), "h", to);
        assertThat(to.get("Forwarded")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|private",
                "public|private, no-store",
                "public, max-age=60|private, no-store",
                "s-maxage=60|private, no-store",
                "max-age=60|private, no-store",
                "private=\"x\", max-age=1|private, no-store",
                "Private, max-age=60|Private, max-age=60",
                "no-store|no-store",
            })
    void answerToOnePersonIsKeptFromSharedCaches(String given, String kept) {
        var from = HttpHeaders.headers();
        if (!given.isEmpty()) {
            from.add("Cache-Control", given);
        }
        var to = HttpHeaders.headers();
        new AnswerHeaders(COOKIES).copy(from, forwarding("a", "h", Set.of(), false, true), to);
        assertThat(to.getAll("Cache-Control")).containsExactly(kept);
        assertThat(to.getAll("Vary")).containsExactly("Cookie, Authorization");

        var open = HttpHeaders.headers();
        new AnswerHeaders(COOKIES).copy(from, forwarding("a", "h", Set.of(), false, false), open);
        assertThat(open.getAll("Cache-Control")).isEqualTo(from.getAll("Cache-Control"));
        assertThat(open.contains("Vary")).isFalse();
    }

    private static List<String> sent(String name, String value) {
        MultiMap to = HttpHeaders.headers();
        new RequestHeaders(COOKIES, List.of("X-Listed"))
                .copy(
                        HttpHeaders.headers().add(name, value),
                        forwarding("192.0.2.1", "h", Set.of(), false, false),
                        "h",
                        to);
        return to.entries().stream().map(Map.Entry::getValue).toList();
    }

    private static Forwarding forwarding(
            String address, String host, Set<String> dropped, boolean authorization, boolean privateAnswer) {
        return new Forwarding(
                "legacy",
                new RequestOrigin("req-1", address, "https", host),
                List.of(),
                dropped,
                authorization,
                Map.of(),
                privateAnswer,
                ExchangeLimits.NONE,
                Optional.empty());
    }
}
