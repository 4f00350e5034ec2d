package io.portcullis.domain.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitSettingsTest {
    private static final Rate SOME = new Rate(5, Duration.ofHours(1));

    @ParameterizedTest
    @CsvSource({"1, PT1S", "1000, PT24H", "10, PT15M"})
    void ratesWithinTheBounds(int count, Duration window) {
        var rate = new Rate(count, window);
        assertThat(new LimitSettings(rate, rate, rate, rate).loginFailures()).isEqualTo(rate);
    }

    @ParameterizedTest
    @CsvSource({"0, PT1H", "1001, PT1H", "5, PT0.999S", "5, PT24H0.001S", "5, PT0S"})
    void noLimitCanBeSwitchedOff(int count, Duration window) {
        var rate = new Rate(count, window);
        assertThatThrownBy(() -> new LimitSettings(rate, SOME, SOME, SOME))
                .hasMessageStartingWith("limits.sendCode.account ");
        assertThatThrownBy(() -> new LimitSettings(SOME, rate, SOME, SOME))
                .hasMessageStartingWith("limits.sendCode.address ");
        assertThatThrownBy(() -> new LimitSettings(SOME, SOME, rate, SOME))
                .hasMessageStartingWith("limits.login.failures ");
        assertThatThrownBy(() -> new LimitSettings(SOME, SOME, SOME, rate))
                .hasMessageStartingWith("limits.oidc.starts ");
    }

    @ParameterizedTest
    @CsvSource({"PT1H, 5/1h", "PT15M, 5/15m", "PT90S, 5/90s", "PT90M, 5/90m", "PT24H, 5/24h", "PT1.5S, 5/1500ms"})
    void aRateIsWrittenAsInTheConfig(Duration window, String text) {
        assertThat(new Rate(5, window)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
        "2001:db8:1:2::, 20010db800010002/64",
        "2001:db8:1:3::, 20010db800010003/64",
        "localhost, localhost",
    })
    void anAddressIsCountedByItsNetwork(String address, String network) {
        assertThat(ClientNetwork.of(address)).isEqualTo(network);
    }

    @Test
    void aPolicysNameNeedsNoEscapesInAHeader() {
        assertThatThrownBy(() -> new Policy("a\"b", SOME)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Policy("", SOME)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Policy("none", new Rate(0, Duration.ofHours(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
