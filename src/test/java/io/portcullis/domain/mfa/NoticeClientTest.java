package io.portcullis.domain.mfa;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.TestDomain;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.device.KnownClient;
import io.portcullis.domain.session.Client;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeClientTest {
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    private final TestDomain domain = new TestDomain();

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.254, true",
        "192.0.2.1, 192.0.3.1, false",
        "192.0.2.1, ::ffff:192.0.2.9, true",
        "2001:db8:1:2::1, 2001:db8:1:ffff::9, true",
        "2001:db8:1::1, 2001:db8:2::1, false",
        "unknown, unknown, true",
        "unknown, other, false",
    })
    void aNetworkIsASlash24OrASlash48(String one, String other, boolean same) {
        assertThat(KnownClient.of(new Client(one, "")).network())
                .satisfies(network -> assertThat(network.equals(
                                KnownClient.of(new Client(other, "")).network()))
                        .isEqualTo(same));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Firefox/128.0|Firefox/129.0.1|true",
                "Mac OS X 10_15_7|Mac OS X 11_0|true",
                "Firefox/128.0|Chrome/128.0|false",
                "Firefox on Linux|Firefox on Windows|false",
            })
    void anUpdateIsNoNewDevice(String one, String other, boolean same) {
        var before = KnownClient.of(new Client("192.0.2.1", one)).userAgentDigest();
        assertThat(before.equals(KnownClient.of(new Client("192.0.2.1", other)).userAgentDigest()))
                .isEqualTo(same);
        assertThat(before).hasSize(43);
    }

    @Test
    void theFirstClientOfAnAccountIsRememberedSilently() {
        assertThat(entering("192.0.2.1", FIREFOX)).isEmpty();
        assertThat(entering("192.0.2.77", FIREFOX.replace("128", "129"))).isEmpty();
    }

    @Test
    void whatIsNewIsTold() {
        entering("192.0.2.1", FIREFOX);
        assertThat(entering("198.51.100.1", FIREFOX)).containsExactly("NEW_CLIENT network");
        assertThat(entering("192.0.2.1", "curl/8")).containsExactly("NEW_CLIENT device");
        assertThat(entering("203.0.113.1", "Safari"))
                .containsExactly("NEW_CLIENT network device", "SUSPICIOUS_LOGIN new-client");
    }

    @Test
    void fiveAnHourAreTold() {
        entering("192.0.2.1", FIREFOX);
        for (int i = 0; i < 5; i++) {
            assertThat(entering("192.0.2.1", "agent " + (char) ('a' + i))).isNotEmpty();
        }
        assertThat(entering("192.0.2.1", "agent z")).isEmpty();
        domain.clock.advance(Duration.ofHours(1));
        assertThat(entering("192.0.2.1", "another agent")).isNotEmpty();
    }

    @Test
    void itIsNewOnce() {
        entering("192.0.2.1", FIREFOX);
        entering("203.0.113.1", "Safari");
        assertThat(entering("203.0.113.1", "Safari")).isEmpty();
        assertThat(entering("192.0.2.1", "Safari")).isEmpty(); // neither part is new
    }

    @Test
    void threeFailuresInARowBeforeItAreSuspicious() {
        assertThat(enteringAfter(2)).isEmpty();
        assertThat(enteringAfter(3)).containsExactly("SUSPICIOUS_LOGIN failures");
    }

    @Test
    void bothReasonsAreTold() {
        entering("192.0.2.1", FIREFOX);
        assertThat(notice("203.0.113.1", "Safari", 3))
                .containsExactly("NEW_CLIENT network device", "SUSPICIOUS_LOGIN new-client failures");
    }

    @Test
    void fiftyAreKeptAndTheOldestUnusedGo() {
        entering("10.0.0.1", "first");
        for (int i = 1; i < KnownClient.MOST; i++) {
            domain.clock.advance(TestDomain.STEP);
            entering("10.0." + i + ".1", "first");
        }
        domain.clock.advance(Duration.ofHours(1)); // so many were told, and now some may be again
        assertThat(entering("10.0.0.1", "first")).isEmpty(); // used again, so the second is the oldest now
        domain.clock.advance(TestDomain.STEP);
        entering("10.1.1.1", "first");
        assertThat(entering("10.0.0.1", "first")).isEmpty();
        assertThat(entering("10.0.1.1", "first")).containsExactly("NEW_CLIENT network");
    }

    @Test
    void aRightCodeAfterThreeWrongOnesIsSuspicious() {
        var alice = domain.enrolled();
        var session = domain.loggedIn();
        for (int i = 0; i < 3; i++) {
            problemOf(() -> domain.stepUp(session, domain.wrongCode(alice.key()), Optional.empty(), TestDomain.FROM));
        }
        domain.stepUp(session, domain.code(alice.key()), Optional.empty(), TestDomain.FROM);
        assertThat(domain.accounts.details(ALICE, AuditEvent.Type.SUSPICIOUS_LOGIN))
                .containsExactly("failures");
        assertThat(domain.accounts.details(ALICE, AuditEvent.Type.LOGIN_SUCCEEDED))
                .isEmpty(); // a step-up is none
    }

    private List<String> enteringAfter(int failures) {
        return notice("192.0.2.1", FIREFOX, failures);
    }

    private List<String> entering(String address, String userAgent) {
        return notice(address, userAgent, 0);
    }

    /** The events of one entrance. */
    private List<String> notice(String address, String userAgent, int failures) {
        var before = told();
        var origin = new Origin(new Client(address, userAgent), "request", Locale.ENGLISH);
        domain.accounts.<Boolean>change(ALICE, work -> {
            new NoticeClient(domain.limiter, domain.clock).notice(work, failures, origin);
            return true;
        });
        var after = told();
        return after.subList(before.size(), after.size());
    }

    private List<String> told() {
        return domain.accounts.eventsWithDetails(ALICE);
    }
}
