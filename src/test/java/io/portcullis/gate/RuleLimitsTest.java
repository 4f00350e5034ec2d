package io.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.gate.Rule.Access;
import io.portcullis.http.Pages;
import io.portcullis.proxy.ExchangeLimits;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleLimitsTest {
    /** A path leads nobody around the limits of a rule that some server could take it for. */
    @ParameterizedTest
    @CsvSource({
        "PUBLIC, , , /**",
        "PUBLIC, , 1000, AMBIGUOUS_PATH",
        "PUBLIC, 1000, , /**",
        "PUBLIC, 1000, 1000, /**",
        "PUBLIC, 999, 1000, /**",
        "PUBLIC, 1001, 1000, AMBIGUOUS_PATH",
        "TWO_FACTOR, , 1000, AMBIGUOUS_PATH",
        "TWO_FACTOR, 1000, 1000, /**",
    })
    void limitsOfAnotherReadingAreKept(Access access, Integer limit, Integer other, String path) {
        var rules = new Rules(List.of(limited("/uploads/**", Access.PUBLIC, other), limited("/**", access, limit)));
        assertThat(RulesTest.find(rules, "POST", "/x/../uploads/y")).isEqualTo(path);
    }

    private static Rule limited(String path, Access access, Integer body) {
        var limits = new ExchangeLimits(Optional.ofNullable(body), Optional.empty(), Optional.empty());
        return new Rule(
                "a rule",
                path,
                Set.of(),
                access,
                Set.of(),
                "legacy",
                Pages.DEFAULTS,
                Rule.SecondFactor.ANY,
                Rule.Enforcement.FULL,
                limits);
    }
}
