package io.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    private final Networks networks = new Networks(List.of("10.0.0.0/8", "fd00::/8"));

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "::ffff:10.1.2.3", "fd12::1"})
    void containAddressesOfEitherFamily(String address) {
        assertThat(networks.contain(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.0.1", "fe80::1", "::1", "", "localhost", "10.1.2", "10.1.2.3:80"})
    void containNothingElse(String address) {
        assertThat(networks.contain(address)).isFalse();
    }

    @Test
    void noneContainNothing() {
        assertThat(new Networks(List.of()).contain("10.1.2.3")).isFalse();
    }

    @Test
    void whatIsNoNetworkIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Networks(List.of("10.0.0.0/33")));
    }
}
