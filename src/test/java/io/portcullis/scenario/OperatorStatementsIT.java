package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.Person;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The statements that docs/operation.md gives an operator do what the page says. */
@ExtendWith(TestGateways.class)
class OperatorStatementsIT {
    @Test
    void aLostPhoneIsAFreshStartAndEndsEverySession(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        run("reset", gateway, alice);
        var later = gateway.again(alice);
        assertThat(later.state()).isEqualTo("DISABLED");
        assertThat(later.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
        Await.until("the session ends", () -> alice.get("/admin/metrics").status() == 401);
        assertThat(later.enrolled().get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void aLockIsLifted(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        var wrong = alice.app().wrongCode();
        for (int i = 0; i < 5; i++) {
            alice.verify(wrong);
        }
        assertThat(alice.verify(alice.app().nextCode()).code()).isEqualTo("ACCOUNT_LOCKED");
        run("unlock", gateway, alice);
        assertThat(alice.verify(alice.app().nextCode()).status()).isEqualTo(200);
    }

    private static void run(String name, TestGateway gateway, Person person) throws Exception {
        var page = Files.readString(Path.of("docs/operation.md"));
        var block = Pattern.compile("(?s)```sql " + name + "\n(.*?)```").matcher(page);
        assertThat(block.find()).as(name).isTrue();
        var sql = block.group(1)
                .replace("'admin'", "'" + gateway.realm() + "'")
                .replace("'42'", "'" + person.subject() + "'");
        try (var connection = Stores.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
