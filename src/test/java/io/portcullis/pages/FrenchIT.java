package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.Device;
import io.portcullis.testing.browser.InBrowser;
import org.junit.jupiter.api.Test;

/** French by what the browser prefers or by choice, in the words that people know from before. */
@InBrowser
class FrenchIT {
    private static final String CODE_MAIL = "Votre code de vérification 2FA";
    private static final Device FRENCH = Device.DESKTOP.french();

    @Test
    void theWordsThatPeopleKnow(BrowserGateway gateway, Chromium chromium) {
        var alice = new Admin(gateway, chromium.visitor(gateway, FRENCH), LegacyAccounts.ALICE);
        alice.logsIn();
        isIn("fr", alice);
        alice.page().locator("form:has(input[value=totp]) button").click();
        var app = gateway.app(alice.page().locator("#secret").textContent());
        alice.page().locator("#code").fill(app.wrongCode());
        assertThat(alice.alert()).containsText("Code invalide");
        alice.page().locator("#code").fill(app.code());
        alice.codes();
        assertThat(alice.page().getByText("2FA activée avec succès !")).isVisible();
        alice.hasSavedTheCodes();
        alice.isAtTheDashboard();
        alice.visitor().open(Enrolment.SETTINGS);
        assertThat(alice.page().getByText("2FA est activée")).isVisible();
        assertThat(alice.link("Désactiver le 2FA")).isVisible();
        alice.button("Se déconnecter").click();
        alice.logsIn();
        assertThat(alice.page().locator("summary")).hasText("Utiliser un code de secours");
        alice.page().locator("#code").fill(app.wrongCode());
        assertThat(alice.alert()).containsText("Code invalide");
        isIn("fr", alice);
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void aChosenLanguageIsKeptOverTheNextPagesAndTheNextLogin(BrowserGateway gateway, Chromium chromium) {
        var alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
        alice.visitor().open("/auth/ui/login?next=%2Fapp%2Fdashboard");
        isIn("en", alice);
        assertThat(alice.heading()).hasText("Log in");
        alice.link("Français").click();
        isIn("fr", alice);
        assertThat(alice.heading()).hasText("Connexion");
        alice.fillsInLogin(LegacyAccounts.ALICE.password());
        assertThat(alice.heading()).hasText("Configurer la double authentification");
        isIn("fr", alice);
        alice.button("Se déconnecter").click();
        alice.logsIn();
        assertThat(alice.heading()).hasText("Configurer la double authentification");
        alice.setsUpApp();
        alice.hasSavedTheCodes();
        alice.isAtTheDashboard();
        alice.visitor().open(Enrolment.SETTINGS);
        assertThat(alice.heading()).hasText("Sécurité");
        alice.link("English").click();
        assertThat(alice.heading()).hasText("Security");
        isIn("en", alice);
        alice.visitor().open(Enrolment.SETTINGS);
        isIn("en", alice);
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void mailsAreInTheLanguageOfThePageTheyWereAskedForOn(BrowserGateway gateway, Chromium chromium) throws Exception {
        var alice = new Admin(gateway, chromium.visitor(gateway, FRENCH), LegacyAccounts.ALICE);
        alice.logsIn();
        mailsCodeInFrench(gateway, alice);
        gateway.mails().await("alice@example.com", "La double authentification a été activée");
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void soAreThoseOfWhoeverChoseTheLanguage(BrowserGateway gateway, Chromium chromium) throws Exception {
        var alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
        alice.logsIn();
        alice.link("Français").click();
        mailsCodeInFrench(gateway, alice);
        gateway.mails().await("alice@example.com", "La double authentification a été activée");
        alice.visitor().hasSeenNothingWrong();
    }

    private static void mailsCodeInFrench(BrowserGateway gateway, Admin alice) throws Exception {
        alice.button("Utiliser l'e-mail").click();
        assertThat(alice.page().locator("main")).containsText("Un code a été envoyé à a***@example.com.");
        var mail = gateway.mails().await("alice@example.com", CODE_MAIL);
        assertThat(mail.text()).contains("Il est utilisable une seule fois");
        alice.page().locator("#code").fill(mail.code().orElseThrow());
        assertThat(alice.page().getByText("2FA activée avec succès !")).isVisible();
    }

    private static void isIn(String language, Admin admin) {
        assertThat(admin.page().locator("html")).hasAttribute("lang", language);
    }
}
