package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.domain.account.Method;
import io.portcullis.testing.Answer;
import io.portcullis.testing.MfaUnderTest;
import io.portcullis.testing.MfaWalk;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random steps of an account over HTTP, on two instances in turn, against a model of the contract. */
class MfaModelIT {
    private static final int STEPS = 75;

    static LongStream seeds() {
        return MfaWalk.seeds(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRandomWalkIsThatOfTheModel(long seed) {
        try (var gateway = TestGateway.with(Map.of())) {
            new MfaWalk(seed, gateway.clock(), new OverHttp(gateway), false).run(STEPS);
        }
    }

    private static final class OverHttp implements MfaUnderTest {
        private static final LegacyAccount ALICE = LegacyAccounts.ALICE;

        private final TestGateway gateway;
        private final List<Person> people = new ArrayList<>();
        private String tempToken = "";
        private int turn;

        OverHttp(TestGateway gateway) {
            this.gateway = gateway;
            for (int i = 0; i < MfaWalk.SESSIONS; i++) {
                people.add(withAnotherToken());
            }
        }

        private Person withAnotherToken() {
            var ttl = Duration.ofDays(2).plusSeconds(++turn); // another token each time
            return gateway.nobody().holding(gateway.token(ALICE, ttl), "1");
        }

        private Person person(int session) {
            return here(people.get(session));
        }

        private Person here(Person person) {
            return ++turn % 2 == 0 ? person : person.at(gateway.secondPort());
        }

        private static Seen seen(Answer answer) {
            if (answer.status() >= 400) {
                int remaining = answer.code().equals("INVALID_CODE") ? (Integer) answer.error("remainingAttempts") : -1;
                return new Seen(answer.code(), remaining, Optional.empty(), List.of());
            }
            var body = answer.json();
            var codes = body.getJsonArray("recoveryCodes", new JsonArray()).stream()
                    .map(String.class::cast)
                    .toList();
            return new Seen(OK, -1, Optional.ofNullable(body.getString("secret")), codes);
        }

        @Override
        public Seen startSetup(int session, Method method, boolean show) {
            return seen(person(session).startSetup(method.wire()));
        }

        @Override
        public Seen confirm(int session, String code, boolean keep) {
            return seen(person(session).confirmSetup(code));
        }

        @Override
        public boolean mayShow() {
            return false; // the own API has no such set-up
        }

        @Override
        public Seen verify(int session, String code, Optional<Method> method) {
            var person = person(session);
            return seen(method.map(named -> person.verify(code, named.wire())).orElseGet(() -> person.verify(code)));
        }

        @Override
        public Seen sendCode(int session) {
            return seen(person(session).sendCode());
        }

        private static JsonObject proof(Optional<String> code, Optional<String> password) {
            var body = new JsonObject();
            code.ifPresent(given -> body.put("code", given));
            password.ifPresent(given -> body.put("password", given));
            return body;
        }

        @Override
        public Seen disable(int session, Optional<String> code, Optional<String> password) {
            var seen = seen(person(session).post("/auth/mfa/disable", proof(code, password)));
            for (int other = 0; seen.outcome().equals(OK) && other < people.size(); other++) {
                if (other != session) {
                    // Ended, or nothing was enabled that it could have passed.
                    assertThat(person(other).get("/admin/metrics").code()).isIn("AUTH_REQUIRED", "2FA_MANDATORY");
                    people.set(other, withAnotherToken());
                }
            }
            return seen;
        }

        @Override
        public Seen regenerate(int session, Optional<String> code, Optional<String> password) {
            return seen(person(session).post("/auth/mfa/recovery-codes/regenerate", proof(code, password)));
        }

        @Override
        public void logout(int session) {
            assertThat(person(session).logout().status()).isEqualTo(204);
            assertThat(person(session).get("/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
            people.set(session, withAnotherToken());
        }

        @Override
        public Seen login(int session) {
            // No walk is as long as a day, and the backend's clock does not move with the test's.
            var form = TestGateway.form(ALICE).put("ttl", Duration.ofDays(1).toSeconds());
            var login = here(gateway.nobody()).post("/admin/login", form);
            if (login.status() != 200) {
                return seen(login);
            }
            if (login.json().containsKey("mfaTempToken")) {
                tempToken = login.string("/mfaTempToken");
                return Seen.of(SECOND_FACTOR);
            }
            people.set(session, gateway.nobody().holding(login.string("/token"), "1"));
            return Seen.of(OK);
        }

        @Override
        public Seen verifyLogin(int session, String code) {
            var answer = here(gateway.nobody()).verifyLogin(tempToken, code);
            if (answer.status() == 200) {
                people.set(session, gateway.nobody().holding(answer.string("/token"), "1"));
            }
            return seen(answer);
        }

        @Override
        public void mailDown(boolean down) {
            gateway.mails().refuse(down);
        }

        @Override
        public String mailedCode() {
            return gateway.mails().codes(ALICE.email()).getLast();
        }

        @Override
        public String password() {
            return ALICE.password();
        }

        private JsonObject status() {
            return person(0).get("/auth/mfa/status").json();
        }

        @Override
        public String state() {
            return status().getString("state");
        }

        @Override
        public Set<Method> methods() {
            return status().getJsonArray("methods").stream()
                    .map(name -> Method.of((String) name).orElseThrow())
                    .collect(Collectors.toSet());
        }

        @Override
        public int recoveryCodesRemaining() {
            return status().getInteger("recoveryCodesRemaining");
        }

        /** As the gate sees it. */
        @Override
        public boolean twoFactor(int session) {
            var answer = person(session).get("/admin/metrics");
            assertThat(answer.code()).isIn("200", "2FA_REQUIRED", "2FA_MANDATORY");
            return answer.status() == 200;
        }
    }
}
