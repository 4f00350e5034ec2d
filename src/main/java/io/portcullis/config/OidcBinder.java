package io.portcullis.config;

import io.portcullis.adapter.oidc.OidcSettings;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** {@code identity}, type {@code oidc}. */
final class OidcBinder {
    private final Value root;
    private final Problems problems;

    OidcBinder(Value root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    OidcSettings settings(Value section) {
        return new OidcSettings(
                section.at("name").text(),
                IdentityBinder.realm(section),
                URI.create(section.at("issuer").text()),
                section.at("clientId").text(),
                section.at("clientSecret").text(),
                List.copyOf(section.at("scopes").texts()),
                roles(section.at("roles")));
    }

    private static Optional<OidcSettings.Roles> roles(Value section) {
        if (!section.given()) {
            return Optional.empty();
        }
        var map = new LinkedHashMap<String, String>();
        section.at("map").members().forEach((value, role) -> map.put(value, role.text()));
        return Optional.of(new OidcSettings.Roles(
                section.at("claim").text(), map, section.at("default").optionalText()));
    }

    void checkSources() {
        var sources = IdentityBinder.ofType(root, "oidc");
        var realms = new HashSet<String>();
        for (var source : sources) {
            if ((source.at("realm").readable() || source.at("name").readable())
                    && !realms.add(IdentityBinder.realm(source))) {
                // Another provider's people may have the same ids.
                problems.add(
                        source.at("realm"), "is the realm of an earlier oidc source too; give each provider its own");
            }
        }
        var sameSite = root.at("session").at("cookie").at("sameSite");
        if (!sources.isEmpty()
                && sameSite.optionalText().filter("Strict"::equals).isPresent()) {
            problems.add(
                    sameSite,
                    "must be Lax where there is an oidc source: a browser that comes back from the provider would not"
                            + " send the cookie");
        }
    }
}
