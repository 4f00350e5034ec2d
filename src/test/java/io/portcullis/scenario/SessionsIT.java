package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Await;
import io.portcullis.testing.Listening;
import io.portcullis.testing.Person;
import io.portcullis.testing.Race;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner of an account sees its sessions and ends them, and one that nobody uses ends by itself. */
@ExtendWith(TestGateways.class)
class SessionsIT {
    /** The contract says one second; the rest is for a machine that is busy with something else. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Duration LONG = Duration.ofDays(5);

    @Test
    void theListHasEverySessionAndWhatItIs(TestGateway gateway) {
        var alice = gateway.loggedIn();
        var laptop = alice.with("User-Agent", "laptop").enrolled();
        gateway.clock().advance(Duration.ofMinutes(2));
        var phone = gateway.again(alice).with("User-Agent", "phone").at(gateway.secondPort());
        assertThat(phone.get("/auth/mfa/status").status()).isEqualTo(200);
        gateway.clock().advance(Duration.ofMinutes(2));

        var listed = sessions(laptop.get("/auth/sessions"));
        assertThat(listed).hasSize(2);
        var mine = listed.getFirst(); // it was used last
        assertThat(mine.getString("userAgent")).isEqualTo("laptop");
        assertThat(mine.getBoolean("current")).isTrue();
        assertThat(mine.getString("ip")).isEqualTo("127.0.0.1");
        assertThat(mine.getString("level")).isEqualTo("two-factor");
        assertThat(mine.getJsonArray("amr")).contains("otp");
        var me = laptop.get("/auth/me");
        for (var member : List.of("id", "createdAt", "expiresAt")) {
            assertThat(mine.getString(member)).isEqualTo(me.string("/session/" + member));
        }
        assertThat(mine.getInstant("lastSeenAt"))
                .isEqualTo(gateway.clock().instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS));

        var other = listed.getLast();
        assertThat(other.getString("userAgent")).isEqualTo("phone");
        assertThat(other.getBoolean("current")).isFalse();
        assertThat(other.getString("level")).isEqualTo("one-factor");
        assertThat(other.fieldNames())
                .containsExactlyInAnyOrder(
                        "id", "ip", "userAgent", "createdAt", "lastSeenAt", "expiresAt", "level", "amr", "current");
    }

    @Test
    void noSessionIsListedForAnybodyElse(TestGateway gateway) {
        var alice = gateway.loggedIn();
        assertThat(alice.get("/auth/sessions").status()).isEqualTo(200);
        var bob = gateway.loggedIn();
        assertThat(sessions(bob.get("/auth/sessions"))).hasSize(1);
        assertThat(gateway.nobody().get("/auth/sessions").code()).isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void aRevokedSessionIsOverOnTheOtherInstanceAndItsSocketCloses(TestGateway gateway) throws Exception {
        var laptop = gateway.loggedIn().enrolled();
        var phone = verified(gateway, laptop).at(gateway.secondPort());
        var listening = new Listening();
        phone.open("/admin/echo", listening).get(20, TimeUnit.SECONDS);
        assertThat(phone.get("/admin/metrics").status()).isEqualTo(200);

        assertThat(revoke(laptop, id(phone)).status()).isEqualTo(204);
        var took = Await.until(
                "the other instance refuses",
                () -> phone.get("/admin/metrics").code().equals("AUTH_REQUIRED"));
        assertThat(took).isLessThan(SOON);
        listening.closed().get(30, TimeUnit.SECONDS);
        assertThat(laptop.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(sessions(laptop.get("/auth/sessions"))).hasSize(1);
        assertThat(AuditLog.types(gateway.realm(), laptop.subject())).endsWith("SESSION_REVOKED");
    }

    @Test
    void revokingTheOthersEndsThemAndLeavesThisOneAsItIs(TestGateway gateway) throws Exception {
        var laptop = gateway.loggedIn().enrolled();
        var phone = verified(gateway, laptop).at(gateway.secondPort());
        var tablet = gateway.again(laptop);
        assertThat(tablet.get("/auth/me").status()).isEqualTo(200);
        assertThat(phone.get("/admin/metrics").status()).isEqualTo(200);

        var answer = laptop.send("DELETE", "/auth/sessions");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(JsonObject.of("revoked", 2));
        var took = Await.until(
                "the other instance refuses",
                () -> phone.get("/admin/metrics").code().equals("AUTH_REQUIRED"));
        assertThat(took).isLessThan(SOON);
        assertThat(tablet.get("/auth/me").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(laptop.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(laptop.at(gateway.secondPort()).get("/admin/metrics").status())
                .isEqualTo(200);
        assertThat(sessions(laptop.get("/auth/sessions"))).hasSize(1);
        assertThat(AuditLog.types(gateway.realm(), laptop.subject())).endsWith("SESSIONS_REVOKED");
    }

    @Test
    void aStolenPasswordNeitherSeesNorEndsTheOwnersSessions(TestGateway gateway) {
        var owner = gateway.loggedIn().enrolled();
        var ownersId = id(owner);
        var thief = gateway.again(owner);
        for (var answer :
                List.of(thief.get("/auth/sessions"), revoke(thief, ownersId), thief.send("DELETE", "/auth/sessions"))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("2FA_REQUIRED");
            assertThat(answer.error("methods")).isEqualTo(JsonArray.of("totp"));
        }
        assertThat(owner.get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void withoutASecondFactorTheFirstIsEnough(TestGateway gateway) {
        var laptop = gateway.loggedIn();
        var phone = gateway.again(laptop);
        assertThat(revoke(laptop, id(phone)).status()).isEqualTo(204);
        assertThat(phone.get("/auth/me").code()).isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void aSessionOfSomebodyElseIsUnknown(TestGateway gateway) {
        var alice = gateway.loggedIn();
        var bob = gateway.loggedIn();
        assertThat(revoke(bob, id(alice)).code()).isEqualTo("NO_ROUTE");
        assertThat(revoke(bob, "nobody").code()).isEqualTo("NO_ROUTE");
        assertThat(alice.get("/auth/me").status()).isEqualTo(200);
    }

    @Test
    void revokingTheOwnSessionIsALogout(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn();
        assertThat(revoke(alice, id(alice)).status()).isEqualTo(204);
        assertThat(alice.get("/auth/me").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(AuditLog.types(gateway.realm(), alice.subject())).endsWith("LOGOUT");
    }

    @Test
    void aSessionThatIsRevokedWhileItsCodeIsVerifiedIsOver(TestGateway gateway) throws Exception {
        for (int i = 0; i < 5; i++) {
            var laptop = gateway.loggedIn().enrolled();
            var phone = gateway.again(laptop).at(gateway.secondPort());
            var id = id(phone);
            var code = laptop.app().nextCode();
            var number = new AtomicInteger();
            Callable<Answer> step = () -> number.getAndIncrement() == 0 ? revoke(laptop, id) : phone.verify(code);
            Race.of(2, step);
            Await.until(
                    "the revoked session is refused",
                    () -> phone.get("/admin/metrics").code().equals("AUTH_REQUIRED"));
            assertThat(phone.get("/auth/me").code()).isEqualTo("AUTH_REQUIRED");
            assertThat(sessions(laptop.get("/auth/sessions"))).hasSize(1);
        }
    }

    @Test
    void aSecondFactorThatNobodyUsedForADayIsAskedForAgain(TestGateway gateway) {
        var alice = longLived(gateway).enrolled();
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
        gateway.clock().advance(Duration.ofHours(24));
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("2FA_REQUIRED");
        assertThat(alice.at(gateway.secondPort()).get("/admin/metrics").code()).isEqualTo("2FA_REQUIRED");
        assertThat(alice.verify(alice.app().nextCode()).status()).isEqualTo(200);
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void useKeepsASessionAliveWhereverItIsUsed(TestGateway gateway) {
        var alice = longLived(gateway).enrolled();
        for (int i = 0; i < 4; i++) {
            gateway.clock().advance(Duration.ofHours(20));
            var instance = i % 2 == 0 ? alice : alice.at(gateway.secondPort());
            assertThat(instance.get("/auth/me").status()).isEqualTo(200);
        }
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(alice.at(gateway.secondPort()).get("/admin/metrics").status())
                .isEqualTo(200);
    }

    @Test
    void oneThatIdledOutIsNotListed(TestGateway gateway) {
        var alice = longLived(gateway);
        var other = alice.holding(gateway.token(Integer.parseInt(alice.subject()), "admin", LONG));
        assertThat(other.get("/auth/me").status()).isEqualTo(200);
        gateway.clock().advance(Duration.ofHours(13));
        assertThat(sessions(alice.get("/auth/sessions"))).hasSize(2);
        gateway.clock().advance(Duration.ofHours(12));
        assertThat(sessions(alice.get("/auth/sessions"))).hasSize(1);
    }

    @Test
    void anotherSitesPageEndsNoSession(TestGateway gateway) {
        var alice = gateway.loggedIn();
        var id = id(alice);
        for (var hostile :
                List.of(alice.with("Origin", "https://evil.example"), alice.with("Sec-Fetch-Site", "cross-site"))) {
            assertThat(revoke(hostile, id).code()).isEqualTo("FORBIDDEN");
            assertThat(hostile.send("DELETE", "/auth/sessions").code()).isEqualTo("FORBIDDEN");
        }
        assertThat(alice.get("/auth/me").status()).isEqualTo(200);
    }

    @Test
    void anAllowedOriginMayDelete(TestGateway gateway) {
        var preflight = gateway.nobody()
                .with("Origin", TestGateway.CONSOLE)
                .with("Access-Control-Request-Method", "DELETE")
                .send("OPTIONS", "/auth/sessions/abc");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Methods").orElseThrow())
                .contains("DELETE");
        var alice = gateway.loggedIn();
        var id = id(alice);
        assertThat(revoke(alice.with("Origin", TestGateway.CONSOLE), id).status())
                .isEqualTo(204);
    }

    @Test
    void anotherMethodIsToldWhichThereAre(TestGateway gateway) {
        var answer = gateway.loggedIn().post("/auth/sessions/abc");
        assertThat(answer.code()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(answer.header("Allow")).contains("DELETE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2e%2e", "a%2Fb", "%252e", "%ff", "%00", "a.b", "~"})
    void anIdThatIsNoneIsRefused(String id, TestGateway gateway) {
        var answer = revoke(gateway.loggedIn(), id);
        assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
        assertThat(answer.string("/error/fields/0/field")).isEqualTo("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a;b", "a@b", "a:b", "*", "a//b"})
    void aPathOfAnotherShapeIsNoRouteOfOurs(String id, TestGateway gateway) {
        assertThat(revoke(gateway.loggedIn(), id).code()).isIn("NO_ROUTE", "AMBIGUOUS_PATH");
    }

    @Test
    void aGetHasNoBody(TestGateway gateway) {
        var answer = gateway.loggedIn().send("GET", "/auth/sessions", JsonObject.of("limit", 1));
        assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
        assertThat(answer.string("/error/fields/0/field")).isEqualTo("body");
    }

    private static Person longLived(TestGateway gateway) {
        var alice = gateway.loggedIn();
        return alice.holding(gateway.token(Integer.parseInt(alice.subject()), "admin", LONG));
    }

    /** Another session of the same person, with the second factor passed. */
    private static Person verified(TestGateway gateway, Person person) {
        var other = gateway.again(person);
        assertThat(other.verify(person.app().nextCode()).status()).isEqualTo(200);
        return other;
    }

    private static String id(Person person) {
        return person.get("/auth/me").string("/session/id");
    }

    private static Answer revoke(Person person, String id) {
        return person.send("DELETE", "/auth/sessions/" + id);
    }

    private static List<JsonObject> sessions(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return ((JsonArray) answer.json("/sessions"))
                .stream().map(JsonObject.class::cast).toList();
    }
}
