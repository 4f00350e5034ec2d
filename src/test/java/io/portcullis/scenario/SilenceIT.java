package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.Person;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What was mailed or shown once stands nowhere else: in no log of the finest level, no audit row, not in Redis, in no error. */
class SilenceIT {
    private final List<String> secrets = new ArrayList<>();
    private final List<Answer> errors = new ArrayList<>();
    private final StringBuilder inRedis = new StringBuilder();

    @Test
    void noCodeOrTokenIsWrittenDown() throws Exception {
        try (var gateway = TestGateway.with(Map.of("AUTO_CONFIRM", "true"));
                var log = LogCapture.start()) {
            var alice = gateway.loggedIn();
            byMail(gateway, alice);
            var bob = gateway.loggedIn();
            byToken(gateway, bob);
            var written = log.text()
                    + AuditLog.everything(gateway.realm(), alice.subject())
                    + AuditLog.everything(gateway.realm(), bob.subject());
            assertThat(written).contains("CODE_SENT").contains("RECOVERY_CODES_REGENERATED");
            assertThat(inRedis).contains("portcullis:code:");
            assertThat(errors).hasSizeGreaterThan(8).allMatch(answer -> answer.status() >= 400);
            for (var secret : secrets) {
                assertThat(secret).hasSizeGreaterThanOrEqualTo(6);
                // As a word: six digits alone are in many a time of day.
                var word = Pattern.compile("(?<![0-9A-Za-z.])" + Pattern.quote(secret) + "(?![0-9A-Za-z])");
                assertThat(word.matcher(written).find()).as(secret).isFalse();
                assertThat(word.matcher(inRedis).find()).as(secret).isFalse();
                assertThat(errors)
                        .noneMatch(answer -> word.matcher(answer.toString()).find());
            }
        }
    }

    private void byMail(TestGateway gateway, Person alice) {
        alice.startSetup("email");
        var setup = gateway.mailedCode(alice);
        secrets.add(setup);
        inRedis.append(Stores.everythingInRedis());
        errors.add(alice.confirmSetup(EmailMethodIT.other(setup)));
        alice.confirmSetup(setup);
        secrets.addAll(alice.recoveryCodes());
        errors.add(alice.confirmSetup(setup));
        alice.sendCode();
        var code = gateway.mailedCode(alice);
        secrets.add(code);
        inRedis.append(Stores.everythingInRedis());
        errors.add(alice.verify(EmailMethodIT.other(code)));
        errors.add(alice.sendCode()); // too soon
        gateway.clock().advance(Duration.ofSeconds(30));
        gateway.mails().refuse(true);
        errors.add(alice.sendCode());
        gateway.mails().refuse(false);
        alice.verify(code);
        errors.add(alice.verify(code));
        errors.add(alice.post("/auth/mfa/verify", JsonObject.of("code", "x", "method", code)));
        errors.add(alice.post("/auth/mfa/verify", "text/plain", code));
        var fresh = alice.post("/auth/mfa/recovery-codes/regenerate", new JsonObject());
        ((JsonArray) fresh.json("/recoveryCodes")).forEach(one -> secrets.add((String) one));
        errors.add(alice.verify(alice.recoveryCodes().getFirst())); // an old one
        alice.verify((String) fresh.json("/recoveryCodes/0"));
        errors.add(alice.verify((String) fresh.json("/recoveryCodes/0")));
        inRedis.append(Stores.everythingInRedis());
    }

    private void byToken(TestGateway gateway, Person bob) {
        var started = bob.startSetup("totp");
        secrets.add(started.string("/secret"));
        var token = started.string("/enrollmentToken");
        secrets.add(token);
        errors.add(gateway.again(bob).confirmSetup(JsonObject.of("enrollmentToken", token)));
        gateway.clock().advance(Duration.ofSeconds(6));
        bob.confirmSetup(JsonObject.of("enrollmentToken", token));
        secrets.addAll(bob.recoveryCodes());
        errors.add(bob.confirmSetup(JsonObject.of("enrollmentToken", token)));
        inRedis.append(Stores.everythingInRedis());
    }
}
