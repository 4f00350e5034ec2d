package io.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/admin/metrics", "/admin?a=b&c=%2F", "/a//b"})
    void aPathOfOurOwnStaysAsItIs(String wanted) {
        assertThat(NextPath.local(wanted)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "admin",
                "//evil.example",
                "/\\evil.example",
                "/\t/evil.example",
                "\t//evil.example",
                " /admin",
                "/a\r\nSet-Cookie: x=y",
                "https://evil.example",
                "javascript:alert(1)",
                "/a\\b",
                "/a#b",
                "/é"
            })
    void anythingElseLeadsHome(String wanted) {
        assertThat(NextPath.local(wanted)).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin?a=b&c=d"})
    void isOneParameterOfThePage(String wanted) {
        assertThat(NextPath.on("/verify", wanted)).isEqualTo("/verify?next=%2Fadmin%3Fa%3Db%26c%3Dd");
    }
}
