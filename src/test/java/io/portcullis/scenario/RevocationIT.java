package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.testing.Await;
import io.portcullis.testing.Listening;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What ended on one instance ends on the other, open sockets too. */
@ExtendWith(TestGateways.class)
class RevocationIT {
    /** The contract says one second; the rest is for a machine that is busy with something else. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private interface End {
        void of(Person person);
    }

    @Test
    void aLogoutEndsTheSessionOnTheOtherInstance(TestGateway gateway) throws Exception {
        endsElsewhere(gateway, "AUTH_REQUIRED", Person::logout);
    }

    @Test
    void disablingEndsTheSecondFactorOnTheOtherInstance(TestGateway gateway) throws Exception {
        endsElsewhere(
                gateway, "2FA_MANDATORY", person -> person.disable(person.app().nextCode()));
    }

    private static void endsElsewhere(TestGateway gateway, String code, End end) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        var elsewhere = alice.at(gateway.secondPort());
        for (int i = 0; i < 3; i++) { // it is remembered there by now
            assertThat(elsewhere.get("/admin/metrics").status()).isEqualTo(200);
        }
        end.of(alice);
        assertThat(alice.get("/admin/metrics").code()).isEqualTo(code);
        var took = Await.until(
                "the other instance refuses",
                () -> elsewhere.get("/admin/metrics").code().equals(code));
        assertThat(took).isLessThan(SOON);
    }

    @Test
    void aSocketIsRefusedBeforeTheUpgrade(TestGateway gateway) {
        refused(gateway.nobody(), 401);
        var alice = gateway.loggedIn();
        refused(alice, 403);
        refused(gateway.again(alice.enrolled()), 403);
        refused(alice.with("Origin", "https://evil.example"), 403);
    }

    private static void refused(Person person, int status) {
        assertThatThrownBy(() -> person.open("/admin/echo", new Listening()).get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refusal ->
                                assertThat(refusal.getResponse().statusCode()).isEqualTo(status));
    }

    @Test
    void aLogoutElsewhereClosesTheSocket(TestGateway gateway) throws Exception {
        closes(gateway, Person::logout);
    }

    @Test
    void disablingElsewhereClosesTheSocket(TestGateway gateway) throws Exception {
        closes(gateway, person -> person.disable(person.app().nextCode()));
    }

    private static void closes(TestGateway gateway, End end) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        var listening = new Listening();
        var socket = alice.open("/admin/echo", listening).get(20, TimeUnit.SECONDS);
        socket.sendText("hello through the gate", true).get(20, TimeUnit.SECONDS);
        assertThat(listening.texts().poll(20, TimeUnit.SECONDS)).isEqualTo("hello through the gate");

        long begun = System.nanoTime();
        end.of(alice.at(gateway.secondPort()));
        listening.closed().get(30, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    }
}
