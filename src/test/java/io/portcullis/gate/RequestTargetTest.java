package io.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.error.ErrorCode;
import io.portcullis.domain.error.Refused;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    private static final String HOST = "example.com:8443";

    @ParameterizedTest
    @CsvSource({
        "/, /, /",
        "/a/b?c=/d&e=%2f, /a/b, /a/b?c=/d&e=%2f",
        "/a?b?c, /a, /a?b?c",
        "/A/%2e./b, /A/%2e./b, /A/%2e./b",
        "http://example.com:8443/a?b, /a, /a?b",
        "HTTPS://EXAMPLE.com:8443//a, //a, //a",
        "http://example.com:8443, /, /",
        "http://example.com:8443?a/b, /, /?a/b",
        "/a?u=http://evil.example/, /a, /a?u=http://evil.example/",
    })
    void whatIsJudgedIsWhatIsSent(String target, String path, String forwarded) {
        var judged = RequestTarget.of("GET", target, HOST);
        assertThat(judged.path()).isEqualTo(path);
        assertThat(judged.forwarded()).isEqualTo(forwarded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "admin/x",
                "admin/m?://x/public",
                "admin/m#://x/public",
                "admin://x/public",
                "http://x?y/public",
                "http://evil.example/admin",
                "http://user@example.com:8443/admin",
                "http://example.com/admin",
                "http:///admin",
                "http:/example.com:8443/admin",
                "ftp://example.com:8443/admin",
                "//example.com:8443/a b",
                "/admin#x",
                "/a?b#c",
                "/admin%/x",
                "/%zz/x",
                "/a%2",
                "/a%",
                "/a?b=%",
                "/a%u0061",
                "/a\u0000",
                "/a\tb",
                "/a\u007F",
                "/caf\u00E9",
            })
    void otherFormsAndBytesAreRefused(String target) {
        assertRefused("GET", target, ErrorCode.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "http://example.com:8443"})
    void optionsOfNoPathIsRefused(String target) {
        assertRefused("OPTIONS", target, ErrorCode.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "TRACE", "trace", "Connect"})
    void methodsThatNoBackendShouldSeeAreRefused(String method) {
        assertRefused(method, "/a", ErrorCode.METHOD_NOT_ALLOWED);
        assertRefused(method, "example.com:443", ErrorCode.METHOD_NOT_ALLOWED);
    }

    @Test
    void targetOfAnyLengthUpToTheLimit() {
        var longest = "/" + "a".repeat(RequestTarget.MAX_LENGTH - 1);
        assertThat(RequestTarget.of("GET", longest, HOST).forwarded()).isEqualTo(longest);
        assertRefused("GET", longest + "a", ErrorCode.INVALID_REQUEST);
    }

    @Test
    void absoluteFormWithoutHostIsRefused() {
        assertThatThrownBy(() -> RequestTarget.of("GET", "http:///admin", "")).isInstanceOf(Refused.class);
    }

    @Test
    void exactPathIsFoundAsItStandsAndRefusedWhereItMightBeRead() {
        assertThat(RequestTarget.of("POST", "/admin/LOGIN?x", HOST).is("/admin/login"))
                .isTrue();
        assertThat(RequestTarget.of("POST", "/admin/logins", HOST).is("/admin/login"))
                .isFalse();
        for (var target : new String[] {
            "/admin/login/", "//admin/login", "/admin/%6cogin", "/admin/x/../login", "/admin;a/login", "/admin%2flogin"
        }) {
            var judged = RequestTarget.of("POST", target, HOST);
            assertThatThrownBy(() -> judged.is("/admin/login")).as(target).isInstanceOf(Refused.class);
        }
    }

    private static void assertRefused(String method, String target, ErrorCode code) {
        assertThatThrownBy(() -> RequestTarget.of(method, target, HOST))
                .as("%s %s", method, target)
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .extracting(refused -> refused.problem().code())
                .isEqualTo(code);
    }
}
