package io.portcullis.adapter.oidc;

import static io.portcullis.adapter.oidc.RelyingParty.LOGIN;
import static io.portcullis.testing.LyingProvider.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.Problem;
import io.portcullis.testing.LyingProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who somebody is by the claims of the ID token and of the user info: e-mail and role. */
class ProviderClaimsIT {
    private final RelyingParty us = new RelyingParty();
    private final LyingProvider liar = us.liar();

    @AfterEach
    void close() {
        us.close();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "'', false", "text, true"})
    void anEmailCountsOnlyWhenItIsVerified(String verified, boolean counts) {
        var claims = liar.claims();
        claims.claim(
                "email_verified",
                switch (verified) {
                    case "" -> null;
                    case "text" -> "true";
                    default -> Boolean.valueOf(verified);
                });
        liar.gives(signed(claims.build()));
        assertThat(us.redeem().email().isPresent()).isEqualTo(counts);
    }

    @Test
    void whatTheTokenLeavesOutIsAskedForOfTheSamePerson() {
        var lacking = signed(
                liar.claims().claim("email", null).claim("email_verified", null).build());
        liar.gives(lacking);
        liar.knows(new JsonObject()
                .put("sub", "carol")
                .put("email", "c@example.com")
                .put("email_verified", true));
        assertThat(us.redeem().email()).contains("c@example.com");
        liar.knows(new JsonObject()
                .put("sub", "alice")
                .put("email", "a@example.com")
                .put("email_verified", true));
        assertThat(us.refusal()).isEqualTo(new Problem.UpstreamUnavailable());
    }

    @Test
    void nobodyVerifiesTheEmailOfTheTokenByThatOfTheUserInfo() {
        var roles = new OidcSettings.Roles("groups", Map.of("a", "admin"), Optional.empty());
        liar.gives(signed(liar.claims().claim("email_verified", null).build()));
        liar.knows(new JsonObject()
                .put("sub", "carol")
                .put("email", "other@example.com")
                .put("email_verified", true)
                .put("groups", new JsonArray().add("a")));
        var identity = us.provider(Optional.of(roles)).redeem("code", LOGIN);
        assertThat(identity.role()).contains("admin");
        assertThat(identity.email()).isEmpty();
    }

    @Test
    void userInfoIsNotAskedForWhatTheTokenHas() {
        liar.knows(new JsonObject().put("sub", "carol"));
        us.redeem();
        assertThat(liar.calls()).doesNotContain("/userinfo");
    }

    @Test
    void anAnswerWithoutEndIsCut() {
        liar.knows(new JsonObject().put("sub", "carol").put("more", "x".repeat(600_000)));
        liar.gives(signed(liar.claims().claim("email", null).build()));
        assertThat(us.refusal()).isEqualTo(new Problem.UpstreamUnavailable());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "hd, example.com, admin",
                "hd, other.example, visitor",
                "/realm_access/roles, editor+boss, admin",
                "/realm_access/roles, editor, editor",
                "/realm_access/roles, EDITOR, visitor",
                "https://example.com/roles, editor, editor",
                "absent, -, visitor",
            })
    void theFirstValueOfTheFileThatThePersonHasDecides(String claim, String has, String role) {
        var map = new LinkedHashMap<String, String>();
        map.put("boss", "admin");
        map.put("example.com", "admin");
        map.put("editor", "editor");
        var claims = liar.claims();
        if (claim.equals("/realm_access/roles")) {
            claims.claim("realm_access", Map.of("roles", List.of(has.split("\\+", -1))));
        } else if (has != null) {
            claims.claim(claim, has);
        }
        liar.gives(signed(claims.build()));
        var identity = us.provider(Optional.of(new OidcSettings.Roles(claim, map, Optional.of("visitor"))))
                .redeem("code", LOGIN);
        assertThat(identity.role()).contains(role);
    }
}
