package io.portcullis.config;

import io.portcullis.adapter.identity.JwtKeys;
import io.portcullis.adapter.identity.JwtSettings;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code identity}, type {@code jwt}. */
final class JwtBinder {
    private static final int SHORTEST_SECRET = 32;

    private final Problems problems;

    JwtBinder(Problems problems) {
        this.problems = problems;
    }

    JwtSettings settings(Value section) {
        var claims = section.at("claims");
        var key = key(section);
        checkRealms(claims.at("realm"), section.at("realms"));
        return new JwtSettings(
                section.at("name").text(),
                IdentityBinder.realm(section),
                section.at("algorithm").text(),
                key,
                section.at("issuer").optionalText(),
                section.at("audience").optionalText(),
                section.at("leeway").duration(),
                List.copyOf(section.at("from").texts()),
                new JwtSettings.Claims(
                        claims.at("subject").text(),
                        claims.at("email").optionalText(),
                        claims.at("role").optionalText(),
                        claims.at("session").optionalText(),
                        claims.at("realm").optionalText()),
                section.at("realms").texts());
    }

    private void checkRealms(Value claim, Value realms) {
        if (claim.given() && !realms.given()) {
            problems.add(realms, "is missing; name the realms that claims.realm may name");
            throw new Value.Unreadable();
        }
        if (realms.given() && !claim.given()) {
            problems.add(realms, "is not used without claims.realm; leave it out");
            throw new Value.Unreadable();
        }
    }

    private JwtSettings.Key key(Value section) {
        var algorithm = section.at("algorithm").text();
        var jwks = section.at("jwks");
        if (algorithm.startsWith("HS")) {
            unused(section.at("key"), algorithm);
            unused(jwks, algorithm);
            unused(section.at("ca"), algorithm);
            var secret = used(section.at("secret"), algorithm);
            if (secret.getBytes(StandardCharsets.UTF_8).length < SHORTEST_SECRET) {
                problems.add(
                        section.at("secret"),
                        "is too short; " + algorithm + " needs at least " + SHORTEST_SECRET + " bytes");
                return new JwtSettings.Fixed(secret);
            }
            return fixed(section.at("secret"), algorithm, secret);
        }
        unused(section.at("secret"), algorithm);
        if (!jwks.given()) {
            unused(section.at("ca"), "key");
            return fixed(section.at("key"), algorithm, used(section.at("key"), algorithm));
        }
        unused(section.at("key"), "jwks");
        return new JwtSettings.Published(url(jwks), SourceUrl.authority(section.at("ca"), problems));
    }

    private JwtSettings.Key fixed(Value value, String algorithm, String text) {
        try {
            JwtKeys.fixed(algorithm, text);
        } catch (IllegalArgumentException unusable) {
            problems.add(value, "cannot be used: " + unusable.getMessage());
        }
        return new JwtSettings.Fixed(text);
    }

    private void unused(Value value, String by) {
        if (value.given()) {
            problems.add(value, "is not used by " + by + "; leave it out");
        }
    }

    private String used(Value value, String algorithm) {
        if (!value.given()) {
            problems.add(value, "is missing; " + algorithm + " needs it");
        }
        return value.text();
    }

    /** Who can change the answer on its way makes tokens for anybody. */
    private URI url(Value jwks) {
        var url = SourceUrl.of(jwks, problems);
        if (url.getScheme().equals("http") && !SourceUrl.isNear(url.getHost())) {
            problems.add(
                    jwks, "must be https; http is only for this machine, a private address or a name without dots");
        }
        return url;
    }
}
