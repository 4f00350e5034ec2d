package io.portcullis.gate;

import static io.portcullis.gate.Callers.ALICE;
import static io.portcullis.gate.Callers.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.session.Session;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityHeadersTest {
    @Test
    void theBackendIsToldWhoAndHow() {
        var session = Callers.session(
                "credential",
                ALICE,
                Optional.of("alice@example.com"),
                Optional.of("admin"),
                Map.of(Method.TOTP, NOW, Method.RECOVERY, NOW));
        assertThat(headers(session))
                .containsOnly(
                        Map.entry("X-Auth-Subject", "alice"),
                        Map.entry("X-Auth-Realm", "admin"),
                        Map.entry("X-Auth-Email", "alice@example.com"),
                        Map.entry("X-Auth-Role", "admin"),
                        Map.entry("X-Auth-Amr", "pwd otp recovery"),
                        Map.entry("X-Auth-Level", "two-factor"),
                        Map.entry("X-Auth-Session", session.fingerprint().publicId()));
    }

    @Test
    void whatIsNotKnownIsNotSent() {
        var session = Callers.session("credential", ALICE, Optional.empty(), Optional.empty(), Map.of());
        assertThat(headers(session))
                .doesNotContainKeys("X-Auth-Email", "X-Auth-Role")
                .containsEntry("X-Auth-Level", "one-factor");
    }

    @Test
    void theSessionIdTellsNeitherCredentialNorFingerprint() {
        var session = Callers.session("credential", ALICE, Optional.empty(), Optional.empty(), Map.of());
        assertThat(headers(session).get("X-Auth-Session"))
                .hasSize(22)
                .doesNotContain("credential")
                .isNotEqualTo(session.fingerprint().value().substring(0, 22));
    }

    @Test
    void aSubjectWithALineEndMakesNoSecondHeader() {
        var subject = "x\r\nX-Auth-Role: superAdmin";
        var session = Callers.session(
                "credential", new Account("admin", subject), Optional.empty(), Optional.empty(), Map.of());
        assertThat(headers(session)).containsEntry("X-Auth-Subject", "x%0D%0AX-Auth-Role: superAdmin");
    }

    @ParameterizedTest
    @CsvSource({"Zoë, Zo%C3%AB", "日本, %E6%97%A5%E6%9C%AC", "'a\tb', a%09b", "plain text, plain text", "a:b;c=d, a:b;c=d"
    })
    void whatNoHeaderMayHoldIsPercentEncodedUtf8(String text, String value) {
        assertThat(IdentityHeaders.fieldValue(text)).isEqualTo(value);
    }

    @Test
    void deleteAndNulAreEncodedToo() {
        assertThat(IdentityHeaders.fieldValue("a\u0000\u007fb")).isEqualTo("a%00%7Fb");
    }

    /** Else two accounts of one realm would be one for the backend. */
    @ParameterizedTest
    @ValueSource(strings = {"Zo%C3%AB", " Zoë", "Zoë ", "Zo%25C3%25AB"})
    void differentSubjectsHaveDifferentValuesAfterABackendTrimmedThem(String subject) {
        assertThat(IdentityHeaders.fieldValue(subject).strip()).isNotEqualTo(IdentityHeaders.fieldValue("Zoë"));
        assertThat(IdentityHeaders.fieldValue(subject).strip()).isEqualTo(IdentityHeaders.fieldValue(subject));
    }

    private static Map<String, String> headers(Session session) {
        var headers = new HashMap<String, String>();
        IdentityHeaders.of(session)
                .forEach(header -> headers.put(header.getKey().toString(), header.getValue()));
        return headers;
    }
}
