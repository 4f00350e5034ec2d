package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.App;
import io.portcullis.testing.PageBrowser;
import io.portcullis.testing.browser.BrowserGateway;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the pages say of a code that is wrong. */
class PageWordsIT {
    private static BrowserGateway gateway;
    private static App app;

    @BeforeAll
    static void start() {
        gateway = BrowserGateway.with("");
        app = new PageBrowser(gateway).enrol(LegacyAccounts.BOB);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static PageBrowser loggingIn() {
        var bob = new PageBrowser(gateway);
        assertThat(bob.logIn(LegacyAccounts.BOB).status()).isEqualTo(200);
        return bob;
    }

    /** What stands in the note, without its markup. */
    private static String note(Answer page) {
        return page.text()
                .replaceFirst("(?s).*<div class=\"note bad\" role=\"alert\">(.*?)</div>.*", "$1")
                .replaceAll("<[^>]*>", "|");
    }

    @Test
    void aRecoveryCodeOfTheWrongFormHasWordsOfItsOwn() {
        var bob = loggingIn();
        var recovery = bob.submit("/auth/ui/verify", Map.of("recovering", "1", "code", "not one!"));
        assertThat(recovery.status()).isEqualTo(400);
        assertThat(note(recovery))
                .contains("Enter a recovery code such as XXXXXX-XXXXXX.")
                .doesNotContain("digits");
        var code = bob.submit("/auth/ui/verify", Map.of("code", "not one!"));
        assertThat(note(code)).contains("Enter all digits of the code.").doesNotContain("recovery");
    }

    @Test
    void theLastWrongCodeOfALoginSaysWhatItCameTo() {
        var bob = loggingIn();
        var wrong = Map.of("code", app.wrongCode());
        var first = bob.submit("/auth/ui/verify", wrong);
        assertThat(note(first))
                .containsPattern("The code is wrong\\. Check it and try again\\. Attempts left: [1-9]\\.");
        var last = first;
        for (int tries = 1; bob.cookies().containsKey("portcullis-login") && tries < 20; tries++) {
            last = bob.submit("/auth/ui/verify", wrong);
        }
        assertThat(bob.cookies()).doesNotContainKey("portcullis-login");
        assertThat(last.text())
                .contains("There were too many wrong codes. Log in again to try once more.")
                .contains("href=\"/auth/ui/login?next=%2F\"")
                .doesNotContain("Attempts left");
    }
}
