package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.LogCapture;
import io.portcullis.testing.browser.BrowserGateway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A browser keeps no {@code Secure} cookie that comes by plain http, but of its own machine; the log says so at the start. */
class LostCookiesIT {
    @ParameterizedTest
    @CsvSource({
        "http://admin.example.com, true, true",
        "http://admin.example.com, false, false",
        "https://admin.example.com, true, false",
        "http://localhost:8080, true, false",
        "http://127.0.0.1:8080, true, false",
        "'http://[::1]:8080', true, false",
    })
    void isWarnedOf(String publicUrl, boolean secure, boolean warned) {
        try (var log = LogCapture.start();
                var gateway = BrowserGateway.with("server: { publicUrl: \"" + publicUrl
                        + "\" }\nsession: { cookie: { secure: " + secure + " } }\n")) {
            assertThat(gateway.port()).isPositive();
            var warning = "server.publicUrl " + publicUrl + " is http and session.cookie.secure is true";
            assertThat(log.text().contains(warning)).as(log.text()).isEqualTo(warned);
        }
    }
}
