package io.portcullis.scenario;

import static io.portcullis.testing.frontend.TwoFactorFrontend.backupCodes;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.App;
import io.portcullis.testing.frontend.Fetch;
import io.portcullis.testing.frontend.TwoFactorFrontend;
import java.util.List;

/** Somebody in whose browser {@code two-factor} is all set up. */
final class TwoFactorPerson {
    final String email;
    final Fetch page;
    final TwoFactorFrontend settings;
    final List<String> codes;
    final App app;

    TwoFactorPerson(DialectSite site) {
        email = site.newcomer();
        page = site.login(email);
        settings = new TwoFactorFrontend(page);
        var shown = settings.setup();
        codes = backupCodes(shown);
        app = new App(shown.string("/secret"), site.gateway().clock());
        assertThat(settings.verify(app.code()).status()).isEqualTo(200);
    }
}
