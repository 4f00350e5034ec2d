package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.PageBrowser;
import io.portcullis.testing.browser.BrowserGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates of an operator that can be read, and fail once they are shown. */
class PageTemplatesIT {
    @TempDir
    private Path folder;

    @Test
    void theShippedOneStandsIn() throws IOException {
        for (var name : new String[] {"verify", "error"}) {
            Files.writeString(folder.resolve(name + ".html"), "<p>Mine</p>{{ nothing.x }}");
        }
        try (var log = LogCapture.start();
                var gateway = BrowserGateway.with("pages: { folder: " + folder + " }")) {
            assertThat(log.text()).doesNotContain("could not be shown");
            var app = new PageBrowser(gateway).enrol(LegacyAccounts.BOB);
            var bob = new PageBrowser(gateway);
            var form = bob.logIn(LegacyAccounts.BOB);
            assertThat(form.status()).isEqualTo(200);
            assertThat(form.text()).contains("<h1>Verify that it is you</h1>").doesNotContain("Mine");
            assertThat(log.text())
                    .contains("verify.html of pages.folder could not be shown; the one in the jar stands in")
                    .contains("nothing"); // why
            var admitted = bob.submit("/auth/ui/verify", Map.of("code", app.nextCode()));
            assertThat(admitted.status()).as(admitted.text()).isEqualTo(303);
            assertThat(bob.get("/auth/ui/settings").text()).contains(LegacyAccounts.BOB.email());

            var error = bob.get("/auth/ui/logo");
            assertThat(error.status()).isEqualTo(404);
            assertThat(error.text()).contains("<p class=\"status\">404</p>").doesNotContain("Mine");
            assertThat(log.text())
                    .contains("error.html of pages.folder could not be shown; the one in the jar stands in");
        }
    }
}
