package io.portcullis.adapter.oidc;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who a person is by the claims of a provider. */
final class Claims {
    private static final int LONGEST = 255; // OpenID Connect Core 1.0, section 2, of sub

    private final OidcSettings settings;

    Claims(OidcSettings settings) {
        this.settings = settings;
    }

    /** Whether the claims leave out what the settings want to know, so that it is worth asking for more. */
    boolean lackSomething(JsonObject claims) {
        boolean email = claims.containsKey("email") || !settings.scopes().contains("email");
        boolean role = settings.roles()
                .map(roles -> at(roles.claim()).queryJson(claims) != null)
                .orElse(true);
        return !email || !role;
    }

    /** The ID token has the last word on what both say; whether an e-mail is verified, whoever names the e-mail. */
    static JsonObject together(JsonObject idToken, JsonObject userInfo) {
        var all = userInfo.copy().mergeIn(idToken);
        var verified = (idToken.containsKey("email") ? idToken : userInfo).getValue("email_verified");
        return verified == null ? without(all, "email_verified") : all.put("email_verified", verified);
    }

    private static JsonObject without(JsonObject claims, String name) {
        claims.remove(name);
        return claims;
    }

    /** Empty where the claims name nobody. */
    Optional<Identity> identity(JsonObject claims) {
        return plain(claims.getValue("sub"))
                .map(subject -> new Identity(new Account(settings.realm(), subject), email(claims), role(claims)));
    }

    /** Only an address that the provider has verified: else anybody could claim that of another. */
    private static Optional<String> email(JsonObject claims) {
        var verified = claims.getValue("email_verified");
        boolean isVerified = Boolean.TRUE.equals(verified) || "true".equals(verified); // some providers write a text
        return isVerified ? plain(claims.getValue("email")) : Optional.empty();
    }

    private Optional<String> role(JsonObject claims) {
        return settings.roles().flatMap(roles -> {
            var values = texts(at(roles.claim()).queryJson(claims));
            return roles.map().entrySet().stream()
                    .filter(entry -> values.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .or(roles::byDefault);
        });
    }

    private static JsonPointer at(String place) {
        return place.startsWith("/")
                ? JsonPointer.from(place)
                : JsonPointer.create().append(place);
    }

    private static Set<String> texts(@Nullable Object value) {
        var all = value instanceof JsonArray several ? several.stream() : Stream.ofNullable(value);
        return all.filter(String.class::isInstance).map(String.class::cast).collect(Collectors.toUnmodifiableSet());
    }

    /** Not what could not be passed on faithfully: empty, too long, control characters, half a character. */
    private static Optional<String> plain(@Nullable Object value) {
        return value instanceof String text
                        && !text.isEmpty()
                        && text.length() <= LONGEST
                        && text.chars().noneMatch(Character::isISOControl)
                        && StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? Optional.of(text)
                : Optional.empty();
    }
}
