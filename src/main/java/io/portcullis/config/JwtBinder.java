package io.portcullis.config;

import io.portcullis.adapter.identity.JwtSettings;
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
        return new JwtSettings(
                section.at("name").text(),
                IdentityBinder.realm(section),
                section.at("algorithm").text(),
                key.text(),
                section.at("issuer").optionalText(),
                section.at("audience").optionalText(),
                section.at("leeway").duration(),
                List.copyOf(section.at("from").texts()),
                new JwtSettings.Claims(
                        claims.at("subject").text(),
                        claims.at("email").optionalText(),
                        claims.at("role").optionalText()));
    }

    private Value key(Value section) {
        var algorithm = section.at("algorithm").text();
        var shared = algorithm.startsWith("HS");
        var used = section.at(shared ? "secret" : "key");
        var unused = section.at(shared ? "key" : "secret");
        if (unused.given()) {
            problems.add(unused, "is not used by " + algorithm + "; leave it out");
        }
        if (!used.given() && !section.at("jwks").given()) {
            problems.add(used, "is missing; " + algorithm + " needs it");
        }
        if (shared && used.readable() && used.text().getBytes(StandardCharsets.UTF_8).length < SHORTEST_SECRET) {
            problems.add(used, "is too short; " + algorithm + " needs at least " + SHORTEST_SECRET + " bytes");
        }
        return used;
    }
}
