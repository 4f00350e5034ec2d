package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.Person;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The owner of an account is told of what happens to it, whatever becomes of the mail server meanwhile. */
@ExtendWith(TestGateways.class)
class NoticesIT {
    private static final String ENABLED = "Two-factor authentication was turned on";

    @Test
    void whatTheOwnerDidIsMailed(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn()
                .with("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0")
                .enrolled();
        var enabled = gateway.mails().await(address(alice), ENABLED);
        assertThat(enabled.text()).contains("Method: totp", "Network address: 127.0.0.1", "Firefox", "Example Admin");
        assertThat(alice.post(
                                "/auth/mfa/recovery-codes/regenerate",
                                JsonObject.of("code", alice.app().nextCode()))
                        .status())
                .isEqualTo(200);
        assertThat(gateway.mails()
                        .await(address(alice), "New recovery codes were made")
                        .text())
                .contains("Codes: 10");
        assertThat(alice.disable(alice.app().nextCode()).status()).isEqualTo(200);
        gateway.mails().await(address(alice), "Two-factor authentication was turned off");
    }

    @Test
    void inTheOwnersLanguage(TestGateway gateway) throws Exception {
        var alice =
                gateway.loggedIn().with("Accept-Language", "fr-CH, fr;q=0.9").enrolled();
        var enabled = gateway.mails().await(address(alice), "La double authentification a été activée");
        assertThat(enabled.text()).contains("Méthode: totp");
        var english = gateway.again(alice).with("Accept-Language", "en");
        assertThat(english.disable(alice.app().nextCode()).status()).isEqualTo(200);
        gateway.mails().await(address(alice), "La double authentification a été désactivée");
    }

    @Test
    void everyRecoveryCodeThatIsUsedAndWhenFewAreLeft(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        for (int i = 0; i < 7; i++) {
            assertThat(alice.verify(alice.recoveryCodes().get(i)).status()).isEqualTo(200);
        }
        var low = gateway.mails().await(address(alice), "You have few recovery codes left");
        assertThat(low.text()).contains("Codes left: 3");
        for (int i = 0; i < 7; i++) {
            gateway.mails().await(address(alice), "A recovery code was used");
        }
        assertThat(gateway.mails().mails())
                .filteredOn(mail -> mail.to().equals(address(alice)))
                .filteredOn(mail -> mail.subject().contains("recovery code"))
                .hasSize(8);
    }

    @Test
    void aLockAndWhenItOpens(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        for (int i = 0; i < 5; i++) {
            alice.verify(alice.app().wrongCode());
        }
        var locked = gateway.mails().await(address(alice), "Too many wrong codes");
        var opens = gateway.clock()
                .instant()
                .plus(Duration.ofMinutes(15))
                .truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(59) // in the minute that is shown it is open
                .toString();
        assertThat(locked.text())
                .contains("Opens again: " + opens.substring(0, 10) + " " + opens.substring(11, 16) + " UTC");
    }

    @Test
    void aMailServerThatIsDownDelaysAndLosesNothing(TestGateway gateway) throws Exception {
        gateway.mails().stop();
        Person alice;
        try {
            alice = gateway.loggedIn().enrolled();
            Await.until("the notice was put off", () -> outbox(alice).equals("1 MAIL_UNAVAILABLE"));
            gateway.clock().advance(Duration.ofSeconds(10));
            Await.until("the notice was put off again", () -> outbox(alice).equals("2 MAIL_UNAVAILABLE"));
            // Either instance may have tried; each counts when it looks the next time.
            Await.until("it waits", () -> !metrics(gateway).contains("portcullis_outbox_waiting 0.0"));
        } finally {
            gateway.mails().restart();
        }
        gateway.clock().advance(Duration.ofSeconds(20));
        gateway.mails().await(address(alice), ENABLED);
        Await.until("the notice is gone", () -> outbox(alice).isEmpty());
    }

    @Test
    void nobodyWaitsForAMailServerThatHangs(TestGateway gateway) throws Exception {
        gateway.mails().freeze();
        Person alice;
        try {
            alice = gateway.loggedIn().enrolled();
            Await.until("the notice is on its way", () -> outbox(alice).startsWith("1 "));
            assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
            assertThat(gateway.again(alice)
                            .verify(alice.recoveryCodes().getFirst())
                            .status())
                    .isEqualTo(200);
        } finally {
            gateway.mails().thaw();
        }
        gateway.mails().await(address(alice), ENABLED);
        gateway.mails().await(address(alice), "A recovery code was used");
    }

    @Test
    void twoInstancesSendOneMail(TestGateway gateway) throws Exception {
        var people = new ArrayList<Person>();
        for (int i = 0; i < 6; i++) {
            var person = gateway.loggedIn();
            people.add((i % 2 == 0 ? person : person.at(gateway.secondPort())).enrolled());
        }
        for (var person : people) {
            gateway.mails().await(address(person), ENABLED);
            Await.until("the notice is gone", () -> outbox(person).isEmpty());
            assertThat(gateway.mails().mails())
                    .filteredOn(mail -> mail.to().equals(address(person)))
                    .hasSize(1);
        }
        assertThat(metrics(gateway)).contains("portcullis_outbox_sent_total");
    }

    private static String address(Person person) {
        return person.subject() + "@example.com";
    }

    /** How often the notices of somebody were tried, and what came of it. */
    private static String outbox(Person person) throws SQLException {
        try (var connection = Stores.connect();
                var query = connection.prepareStatement(
                        "SELECT attempts || ' ' || last_error FROM outbox WHERE subject = ? ORDER BY id")) {
            query.setString(1, person.subject());
            var found = new ArrayList<String>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return String.join(", ", found);
        }
    }

    private static String metrics(TestGateway gateway) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.managementPort() + "/metrics"));
            return client.send(request.build(), BodyHandlers.ofString()).body();
        }
    }
}
