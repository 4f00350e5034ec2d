package io.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieSettingsTest {
    @Test
    void whoNamesNoneHasOneThatNoOtherHostOfTheSiteCanSet() {
        assertThat(CookieSettings.usualName(true)).isEqualTo("__Host-portcullis");
        assertThat(CookieSettings.usualName(false)).isEqualTo("portcullis"); // browsers would drop the other
        assertThat(CookieSettings.DEFAULTS.names())
                .containsExactly(
                        "__Host-portcullis",
                        "__Host-portcullis-login",
                        "__Host-portcullis-device",
                        "__Host-portcullis-oidc",
                        "__Host-portcullis-language");
    }

    @Test
    void eachIsWhatThePrefixAsksFor() {
        assertThat(new LoginCookie(CookieSettings.DEFAULTS).cleared())
                .startsWith("__Host-portcullis-login=; ")
                .contains("; Path=/;")
                .endsWith("; Secure")
                .doesNotContain("Domain");
        assertThatIllegalArgumentException().isThrownBy(() -> new CookieSettings("__Host-x", false, "Lax"));
    }

    @ParameterizedTest
    @CsvSource({
        "portcullis, portcullis",
        "__Host-portcullis, portcullis",
        "__Secure-portcullis-login, portcullis-login",
        "__HOST-portcullis, portcullis",
        "x__Host-portcullis, x__Host-portcullis",
        "__Host-__Host-a, __Host-a",
        "__Hosta, __Hosta",
    })
    void aNameWithoutItsPrefix(String name, String without) {
        assertThat(CookieSettings.withoutPrefix(name)).isEqualTo(without);
    }
}
