package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Person;
import io.portcullis.testing.Race;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.legacy.LegacyProcess;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract's way of one person, in front of a legacy backend of one kind that is a process of its own: a login without a second
 * factor, set-up, the gate, logout, a login with it, wrong codes, recovery, disable. Each kind runs all of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LegacyWalk {
    private static final Set<String> FOR_CACHES = Set.of("Cache-Control", "Expires");

    static final String LOGIN = "/app/login";
    static final String METRICS = "/admin/metrics";

    private final String kind;
    private LegacyProcess backend;
    private TestGateway gateway;

    /** {@code kind} is that of {@link LegacyProcess}, and names the config file. */
    LegacyWalk(String kind) {
        this.kind = kind;
    }

    /** Logs in at a route of the backend. */
    abstract Answer login(Person somebody, String path, String name, String password);

    /** Asks for a new credential, by what the answer of a login brought for that. */
    abstract Answer refresh(Person somebody, Answer login);

    /** Sets a new password and is logged in. */
    abstract Answer reset(Person somebody, String name, String password);

    abstract Answer legacyLogout(Person person);

    /** The same person with the credential of an answer and nothing else. */
    abstract Person holding(Person person, Answer answer);

    /** What a failed login is answered: its status. */
    abstract int failed();

    /** Whether this answer leads to the verify page, as for a person in a browser; else it is JSON. */
    boolean leadsToThePage() {
        return false;
    }

    @BeforeAll
    void start() throws Exception {
        backend = LegacyProcess.start(kind);
        gateway = TestGateway.inFrontOf(backend.port(), Map.of(), "legacy.yaml", "legacy-" + kind + ".yaml");
    }

    @AfterAll
    void stop() {
        gateway.close();
        backend.close();
    }

    TestGateway gateway() {
        return gateway;
    }

    LegacyProcess backend() {
        return backend;
    }

    @Test
    void aLoginWithoutASecondFactorIsTheBackends() {
        var nobody = gateway.nobody();
        var first = login(nobody, "alice");
        assertIsTheBackends(first);
        var alice = holding(nobody, first);
        assertEverywhere(alice, "2FA_MANDATORY");

        alice.enrolled();
        assertEverywhere(alice, "200");
        assertThat(alice.get(METRICS).json("/email")).isEqualTo("alice@example.com");

        assertThat(alice.logout().status()).isEqualTo(204);
        assertEverywhere(alice, "AUTH_REQUIRED");
        assertThat(alice.at(backend.port()).get("/me").status()).isEqualTo(401); // the backend heard of it
    }

    @Test
    void aLoginWithASecondFactorIsWithheldUntilItsCode() {
        var nobody = gateway.nobody();
        var bob = holding(nobody, login(nobody, "bob")).enrolled();

        var withheld = login(nobody, "bob");
        assertIsWithheld(withheld);
        var halfway = halfway(nobody, withheld);
        assertThat(halfway.get(METRICS).code()).isEqualTo("AUTH_REQUIRED");
        for (int left = 4; left >= 2; left--) {
            assertThat(halfway.verify(bob.app().wrongCode()).error("remainingAttempts"))
                    .isEqualTo(left);
        }
        var released = halfway.at(gateway.secondPort()).verify(bob.app().nextCode());
        assertIsTheBackends(released);
        assertThat(released.headers("Set-Cookie")).anyMatch(cookie -> cookie.startsWith("portcullis-login=;"));
        assertEverywhere(holding(nobody, released), "200");
        assertThat(halfway.verify(bob.app().nextCode()).code()).isEqualTo("TOKEN_INVALID");
    }

    @Test
    void aRecoveryCodeReleasesItTooAndDisablingEndsIt() {
        var nobody = gateway.nobody();
        var carol = holding(nobody, login(nobody, "carol")).enrolled();
        var released = halfway(nobody, login(nobody, "carol"))
                .verify(carol.recoveryCodes().getFirst());
        assertIsTheBackends(released);
        var recovered = holding(nobody, released);
        assertEverywhere(recovered, "200");

        assertThat(recovered.disable(carol.app().nextCode()).status()).isEqualTo(200);
        assertEverywhere(recovered, "2FA_MANDATORY");
        assertEverywhere(carol, "AUTH_REQUIRED");
        var again = login(nobody, "carol");
        assertIsTheBackends(again);
        assertEverywhere(holding(nobody, again), "2FA_MANDATORY");
    }

    @Test
    void theLegacyLogoutEndsTheSessionHereToo() {
        var nobody = gateway.nobody();
        var dave = holding(nobody, login(nobody, "dave")).enrolled();
        assertThat(legacyLogout(dave).isOfTheGateway()).isFalse();
        assertEverywhere(dave, "AUTH_REQUIRED");
    }

    /** A button that is clicked twice: whoever finds the session ended is passed on like whoever finds none. */
    @Test
    void legacyLogoutsAtOnceAreAllPassedOn() throws Exception {
        var nobody = gateway.nobody();
        var sam = holding(nobody, login(nobody, "sam")).enrolled();
        assertEverywhere(sam, "200"); // every instance knows the session
        var turn = new AtomicInteger();
        var answers =
                Race.of(6, () -> legacyLogout(turn.incrementAndGet() % 2 == 0 ? sam : sam.at(gateway.secondPort())));
        assertThat(answers).noneMatch(Answer::isOfTheGateway);
        assertEverywhere(sam, "AUTH_REQUIRED");
    }

    @Test
    void aRefreshThatCarriesTheSecondFactorKeepsIt() {
        var nobody = gateway.nobody();
        var login = login(nobody, "erin");
        var erin = holding(nobody, login).enrolled();
        var before = erin.get("/auth/me");

        var refreshed = refresh(erin, login);
        assertIsTheBackends(refreshed);
        var next = holding(nobody, refreshed);
        assertEverywhere(next, "200");
        assertThat(next.get("/auth/me").json("/session/verifiedAt")).isEqualTo(before.json("/session/verifiedAt"));
        assertThat(next.get("/auth/me").json("/session/id")).isNotEqualTo(before.json("/session/id"));
        assertEverywhere(erin, "200"); // another tab may use it still
    }

    @Test
    void aRefreshWithoutItAsksForACode() {
        var nobody = gateway.nobody();
        var login = login(nobody, "frank");
        var frank = holding(nobody, login);
        assertIsTheBackends(refresh(frank, login)); // nothing to ask for yet
        frank.enrolled();

        var withheld = refresh(nobody, login);
        assertIsWithheld(withheld);
        var released = halfway(nobody, withheld).verify(frank.app().nextCode());
        assertIsTheBackends(released);
        assertEverywhere(holding(nobody, released), "200");

        frank.logout();
        assertIsWithheld(refresh(frank, login));
    }

    @Test
    void aRefreshThatCarriesSomebodyElsesSecondFactorAsksForACode() {
        var nobody = gateway.nobody();
        var grace = holding(nobody, login(nobody, "grace")).enrolled();
        var login = login(nobody, "heidi");
        holding(nobody, login).enrolled();
        assertIsWithheld(refresh(grace, login));
    }

    @Test
    void aPasswordResetAsksForACode() {
        var nobody = gateway.nobody();
        var ivan = holding(nobody, login(nobody, "ivan")).enrolled();
        var withheld = reset(ivan, "ivan", "the new one");
        assertIsWithheld(withheld);
        var released = halfway(nobody, withheld).verify(ivan.app().nextCode());
        assertIsTheBackends(released);
        assertEverywhere(holding(nobody, released), "200");
    }

    @Test
    void aWrongPasswordIsToldByTheBackendAndHandsOutNothing() {
        var answer = login(gateway.nobody(), LOGIN, "judy", "guess");
        assertThat(answer.status()).isEqualTo(failed());
        assertThat(answer.isOfTheGateway()).isFalse();
        assertThat(answer.headers("Set-Cookie")).isEmpty();
    }

    final Answer login(Person somebody, String name) {
        return login(somebody, LOGIN, name, "password of " + name);
    }

    /** The same person in a login that is withheld. */
    static Person halfway(Person person, Answer withheld) {
        return person.with("Cookie", withheld.cookie("portcullis-login"));
    }

    /** {@code expected} is the code of the refusal, or the status. */
    final void assertEverywhere(Person person, String expected) {
        assertThat(person.get(METRICS).code()).isEqualTo(expected);
        assertThat(person.at(gateway.secondPort()).get(METRICS).code()).isEqualTo(expected);
    }

    /** Byte for byte what the backend sent last, but for our own cookies and what caches are told of a credential. */
    final void assertIsTheBackends(Answer answer) {
        var sent = backend.sent();
        assertThat(answer.status()).isEqualTo(sent.json("/status"));
        assertThat(answer.text()).isEqualTo(sent.json("/body"));
        var headers = ((JsonArray) sent.json("/headers"))
                .stream()
                        .map(JsonArray.class::cast)
                        .filter(header -> !FOR_CACHES.contains(header.getString(0)))
                        .toList();
        for (var header : headers) {
            assertThat(answer.headers(header.getString(0)))
                    .filteredOn(value -> !value.startsWith("portcullis-login="))
                    .containsExactlyElementsOf(valuesOf(headers, header.getString(0)));
        }
    }

    private static List<String> valuesOf(List<JsonArray> headers, String name) {
        return headers.stream()
                .filter(header -> header.getString(0).equals(name))
                .map(header -> header.getString(1))
                .toList();
    }

    /** Nothing that the backend handed out is in it. */
    final void assertIsWithheld(Answer answer) {
        assertThat(answer.isOfTheGateway()).isTrue();
        assertThat(backend.secrets())
                .isNotEmpty()
                .allSatisfy(secret -> assertThat(answer.toString()).doesNotContain(secret));
        assertThat(answer.headers("Set-Cookie")).singleElement().asString().startsWith("portcullis-login=");
        if (leadsToThePage()) {
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.header("Location").orElseThrow()).startsWith("https://admin.example.com/verify?next=");
        } else {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json("/mfaRequired")).isEqualTo(true);
        }
    }
}
