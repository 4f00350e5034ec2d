package io.portcullis.adapter.identity;

import static io.portcullis.adapter.identity.Tokens.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.OwnToken;
import io.portcullis.testing.Await;
import io.portcullis.testing.TestClock;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the route says and for how long it is believed. */
class IntrospectionSourceTest {
    private static final String ALICE = "{\"id\":42,\"email\":\"alice@example.com\",\"role\":\"admin\"}";

    private final TestClock clock = new TestClock(NOW);
    private final List<Map<String, String>> shown = Collections.synchronizedList(new ArrayList<>());
    private volatile Supplier<HttpEndpoint.Answer> route = () -> answer(200, ALICE);

    private static HttpEndpoint.Answer answer(int status, String body) {
        return new HttpEndpoint.Answer(status, body.getBytes(UTF_8));
    }

    private IntrospectionSource source(Optional<String> cookie, Duration cache) {
        var settings = new IntrospectionSettings(
                "me",
                "admin",
                URI.create("http://legacy/me"),
                Optional.empty(),
                cookie,
                cache,
                Duration.ofSeconds(2),
                new IntrospectionSettings.Claims("/id", "/email", "/role"));
        return new IntrospectionSource(
                settings,
                Duration.ofDays(7),
                headers -> {
                    shown.add(headers);
                    return route.get();
                },
                clock,
                () -> {});
    }

    private final IntrospectionSource source = source(Optional.empty(), Duration.ofSeconds(5));

    @Test
    void theAnswerNamesTheAccount() {
        var recognized = source.recognize("opaque").orElseThrow();
        assertThat(recognized.identity().account()).isEqualTo(new Account("admin", "42"));
        assertThat(recognized.identity().email()).contains("alice@example.com");
        assertThat(recognized.identity().role()).contains("admin");
        assertThat(recognized.until()).isEqualTo(NOW.plusSeconds(5));
        assertThat(recognized.credential().expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(7)));
        assertThat(recognized.credential().fingerprint()).isEqualTo(Fingerprint.of("opaque"));
        assertThat(source.asksElsewhere()).isTrue();
    }

    @Test
    void theCredentialIsShownAsItsOwnerWould() {
        var byCookie = source(Optional.of("SESS"), Duration.ofSeconds(5));
        source.recognize("a.b");
        byCookie.recognize("s%3Aabc");
        assertThat(shown).containsExactly(Map.of("Authorization", "Bearer a.b"), Map.of("Cookie", "SESS=s%3Aabc"));
        assertThat(source.reads(Carried.bearer("x"))).isTrue();
        assertThat(source.reads(Carried.cookie("SESS", "x"))).isFalse();
        assertThat(byCookie.reads(Carried.cookie("SESS", "x"))).isTrue();
        assertThat(byCookie.reads(Carried.cookie("sess", "x"))).isFalse();
        assertThat(byCookie.reads(Carried.bearer("x"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a,b", "a\"b", "a\\b", "a\r\nX: y", "\u00e9", "a\0"})
    void whatIsNoValueIsNotShown(String credential) {
        assertThat(source.recognize(credential)).isEmpty();
        assertThat(source(Optional.of("SESS"), Duration.ofSeconds(5)).recognize(credential))
                .isEmpty();
        assertThat(shown).isEmpty();
    }

    @Test
    void noTokenOfOursAndNothingEndlessIsShown() {
        assertThat(source.recognize(OwnToken.random(new SecureRandom()).value()))
                .isEmpty();
        assertThat(source.recognize("a".repeat(8193))).isEmpty();
        assertThat(shown).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308, 400, 401, 403, 404, 422})
    void aRefusalIsNobody(int status) {
        route = () -> answer(status, ALICE);
        assertThat(source.recognize("opaque")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{\"id\":null}", "{\"user\":{\"id\":1}}"})
    void anAnswerWithoutAnAccountIsNobody(String body) {
        route = () -> answer(200, body);
        assertThat(source.recognize("opaque")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "500 | {\"id\":42}",
                "503 | {\"id\":42}",
                "429 | {\"id\":42}",
                "204 | ``",
                "201 | {\"id\":42}",
                "200 | ``",
                "200 | <html>",
                "200 | [{\"id\":42}]",
                "200 | {\"id\":4.2}",
                "200 | {\"id\":{}}",
                "200 | {\"id\":\"\"}",
                "200 | {\"id\":42",
            })
    void whatIsNoAnswerIsAnOutage(int status, String body) {
        route = () -> answer(status, body);
        assertThatThrownBy(() -> source.recognize("opaque")).hasMessage("UPSTREAM_UNAVAILABLE");
    }

    @Test
    void anAnswerIsBelievedForItsTime() {
        source.recognize("opaque");
        clock.advance(Duration.ofMillis(4999));
        route = () -> answer(200, ALICE.replace("admin", "editor"));
        var still = source.recognize("opaque").orElseThrow();
        assertThat(still.identity().role()).contains("admin");
        assertThat(still.until()).isEqualTo(NOW.plusSeconds(5));
        clock.advance(Duration.ofMillis(1));
        assertThat(source.recognize("opaque").orElseThrow().identity().role()).contains("editor");
        assertThat(shown).hasSize(2);
    }

    /** Some backends keep the session id over the login. */
    @Test
    void thatItIsNobodyIsBelievedForASecond() {
        route = () -> answer(401, "");
        assertThat(source.recognize("opaque")).isEmpty();
        route = () -> answer(200, ALICE);
        clock.advance(Duration.ofMillis(999));
        assertThat(source.recognize("opaque")).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(source.recognize("opaque")).isPresent();
        assertThat(shown).hasSize(2);
    }

    @Test
    void withoutACacheEveryRequestAsks() {
        var uncached = source(Optional.empty(), Duration.ZERO);
        assertThat(uncached.recognize("opaque").orElseThrow().until()).isEqualTo(NOW);
        route = () -> answer(401, "");
        assertThat(uncached.recognize("opaque")).isEmpty();
        assertThat(shown).hasSize(2);
    }

    @Test
    void anOutageIsNotRemembered() {
        route = () -> {
            throw new Refused(new Problem.UpstreamTimeout());
        };
        assertThatThrownBy(() -> source.recognize("opaque")).hasMessage("UPSTREAM_TIMEOUT");
        route = () -> answer(200, ALICE);
        assertThat(source.recognize("opaque")).isPresent();
    }

    @Test
    void aDefectIsNotRememberedEither() {
        route = () -> {
            throw new IllegalStateException("a defect");
        };
        assertThatThrownBy(() -> source.recognize("opaque")).hasMessage("a defect");
        route = () -> answer(200, ALICE);
        assertThat(source.recognize("opaque")).isPresent();
    }

    /** GHSA-4mq7-pvjg-xp2r: an answer is of its source and its credential. */
    @Test
    void answersAreOfOneCredentialAndOneSource() {
        source.recognize("one");
        route = () -> answer(200, ALICE.replace("42", "43"));
        assertThat(source.recognize("two").orElseThrow().identity().account().subject())
                .isEqualTo("43");
        route = () -> answer(401, "");
        assertThat(source(Optional.empty(), Duration.ofSeconds(5)).recognize("one"))
                .isEmpty();
        assertThat(source.recognize("one").orElseThrow().identity().account().subject())
                .isEqualTo("42");
    }

    @Test
    void manyRequestsWithOneCredentialAreOneQuestion() throws Exception {
        var open = new CountDownLatch(1);
        route = () -> {
            await(open);
            return answer(200, ALICE);
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 200; i++) {
                waiting.add(threads.submit(() -> source.recognize("opaque").isPresent()));
            }
            Await.until("it is asked", () -> !shown.isEmpty());
            open.countDown();
            for (var one : waiting) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(shown).hasSize(1);
    }

    @Test
    void moreQuestionsThanTheRouteMayHaveAreRefused() throws Exception {
        var open = new CountDownLatch(1);
        route = () -> {
            await(open);
            return answer(200, ALICE);
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < Introspection.AT_ONCE; i++) {
                var credential = "opaque" + i;
                waiting.add(threads.submit(() -> source.recognize(credential).isPresent()));
            }
            Await.until("all are asked", () -> shown.size() == Introspection.AT_ONCE);
            assertThatThrownBy(() -> source.recognize("one-too-many")).hasMessage("UPSTREAM_UNAVAILABLE");
            open.countDown();
            for (var one : waiting) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(source.recognize("one-more")).isPresent();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
