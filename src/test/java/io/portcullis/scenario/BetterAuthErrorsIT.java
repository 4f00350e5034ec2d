package io.portcullis.scenario;

import static io.portcullis.scenario.BetterAuthIT.loggedIn;
import static io.portcullis.testing.frontend.TwoRealms.ADMIN_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.frontend.Page;
import io.portcullis.testing.frontend.TwoRealms;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the dialect {@code better-auth} says of mistakes, and in which language. */
@ExtendWith(TwoRealms.Provided.class)
class BetterAuthErrorsIT {
    @Test
    void whatIsMissingOrMalformedIsToldInItsOwnWordsAndCostsNothing(TwoRealms realms) {
        var page = loggedIn(realms, realms.somebody());
        page.setUp();
        var token = page.verificationToken();
        for (var code : new Object[] {"12345", "123456789", "abcdef", "", 123456, "ABCDEF-GHJKLM"}) {
            var answer = page.verify(JsonObject.of("verificationToken", token, "verificationCode", code));
            assertThat(answer.status()).as("%s", code).isEqualTo(400);
            assertThat(page.screen().code()).as("%s", code).isEqualTo("INVALID_REQUEST");
            assertThat(page.screen().marked()).as("%s", code).containsExactly("verificationCode");
        }
        page.verify(JsonObject.of("verificationToken", token));
        assertThat(page.screen().marked()).containsExactly("verificationCode");
        page.verify(JsonObject.of("verificationCode", page.app().code()));
        assertThat(page.screen().marked()).containsExactly("verificationToken");
        page.verify(JsonObject.of(
                "verificationToken", "", "verificationCode", page.app().code()));
        assertThat(page.screen().marked()).containsExactly("verificationToken");
        page.verify(JsonObject.of(
                "verificationToken", 7, "verificationCode", page.app().code()));
        assertThat(page.screen().marked()).containsExactly("verificationToken");
        page.disableByCode("12345");
        assertThat(page.screen().marked()).containsExactly("verificationCode");

        page.keepVerificationToken(token);
        page.verify(page.app().wrongCode());
        assertThat(page.screen().attemptsLeft()).contains(4);
        page.verify(page.app().code().substring(0, 3) + " " + page.app().code().substring(3)); // as apps show it
        assertThat(page.page()).isEqualTo(Page.HOME);
    }

    @Test
    void itSpeaksFrench(TwoRealms realms) {
        var alice = realms.somebody();
        var page = realms.betterAuth();
        page.fetch().language("fr-CA, fr;q=0.9, en;q=0.5");
        page.login(alice.email(), ADMIN_PASSWORD);
        page.metrics();
        assertThat(page.screen().message()).isEqualTo("La 2FA est obligatoire pour les comptes administrateurs");
        page.setUp();
        assertThat(page.screen().message()).isEqualTo("Configuration MFA commencée");
        page.verify(page.app().wrongCode());
        assertThat(page.screen().message()).isEqualTo("Code invalide");
        assertThat(page.screen().code()).isEqualTo("INVALID_CODE");
        var enabled = page.verify(page.app().code());
        assertThat(page.screen().message()).isEqualTo("Configuration MFA terminée avec succès");
        assertThat(enabled.headers("Vary")).anyMatch(value -> value.contains("Accept-Language"));
        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        page.verify(page.app().nextCode());
        assertThat(page.screen().message()).isEqualTo("Vérification MFA réussie");
        page.disableByPassword(ADMIN_PASSWORD);
        assertThat(page.screen().message()).isEqualTo("MFA désactivée avec succès");
    }
}
