package io.portcullis.adapter.identity;

import io.portcullis.adapter.identity.Doubts.Doubt;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.IdentitySource;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens that the legacy backend signs (RFC 7519, with the cautions of RFC 8725). The key and its algorithm are those of
 * the settings; nothing that a token names is ever fetched, and no key that it brings is used.
 */
public final class JwtSource implements IdentitySource, AutoCloseable {
    /** {@code typ} of the header, where there is one: id tokens, logout tokens and the like are no credentials. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    /** {@code typ} and {@code token_use} of the claims, where there are any. */
    private static final Set<String> USES = Set.of("access", "bearer", "jwt", "at+jwt");

    /** Libraries name their refresh tokens by these too, but backends also use them for purposes of their own. */
    private static final List<String> LOOSE_TYPE_CLAIMS = List.of("type", "token_type");

    private static final Set<String> NO_CREDENTIALS =
            Set.of("refresh", "refresh_token", "offline", "id", "id_token", "reset", "verify", "mfa");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final JwtSettings settings;
    private final JwtKeys keys;
    private final Claim subject;
    private final Optional<Claim> email;
    private final Optional<Claim> role;
    private final Optional<Claim> session;
    private final Optional<Claim> realm;
    private final Duration sessionTtl;
    private final InstantSource clock;
    private final Doubts doubts;

    /** A source of tokens signed with {@code keys}; {@code sessionTtl} is what sessions live at the most. */
    public JwtSource(JwtSettings settings, JwtKeys keys, Duration sessionTtl, InstantSource clock) {
        this.settings = settings;
        this.keys = keys;
        this.subject = Claim.at(settings.claims().subject());
        this.email = settings.claims().email().map(Claim::at);
        this.role = settings.claims().role().map(Claim::at);
        this.session = settings.claims().session().map(Claim::at);
        this.realm = settings.claims().realm().map(Claim::at);
        this.sessionTtl = sessionTtl;
        this.clock = clock;
        this.doubts = new Doubts(settings.name());
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public boolean reads(Carried carried) {
        return settings.from()
                .contains(
                        carried.cookie().map(name -> JwtSettings.COOKIE + name).orElse("bearer"));
    }

    @Override
    public boolean asksElsewhere() {
        return false;
    }

    @Override
    public Optional<Recognized> recognize(String credential) {
        return Jwt.parse(credential).flatMap(jwt -> {
            var doubt = doubt(jwt);
            doubt.ifPresent(doubts::refused);
            return doubt.isPresent() ? Optional.empty() : identified(jwt);
        });
    }

    /** Claims come before the signature, so that a token for others is no reason to ask who publishes keys. */
    private Optional<Doubt> doubt(Jwt jwt) {
        return doubtOfHeader(jwt)
                .or(() -> doubtOfClaims(jwt.claims()))
                .or(() -> keys.signed(jwt) ? Optional.empty() : Optional.of(Doubt.SIGNATURE));
    }

    /** The algorithm is compared before anything is computed: a token does not choose how it is verified. */
    private Optional<Doubt> doubtOfHeader(Jwt jwt) {
        var header = jwt.header();
        if (!settings.algorithm().equals(header.getValue("alg"))) {
            return Optional.of(Doubt.ALGORITHM);
        }
        boolean known = !header.containsKey("crit")
                && header.containsKey("kid") == jwt.kid().isPresent()
                && absentOrOneOf(header, "typ", TYPES);
        return known ? Optional.empty() : Optional.of(Doubt.HEADER);
    }

    private Optional<Doubt> doubtOfClaims(JsonObject claims) {
        if (settings.issuer()
                .filter(issuer -> !issuer.equals(claims.getValue("iss")))
                .isPresent()) {
            return Optional.of(Doubt.ISSUER);
        }
        if (settings.audience().filter(audience -> !names(claims, audience)).isPresent()) {
            return Optional.of(Doubt.AUDIENCE);
        }
        if (!absentOrOneOf(claims, "typ", USES)
                || !absentOrOneOf(claims, "token_use", USES)
                || saysNoCredential(claims)) {
            return Optional.of(Doubt.USE);
        }
        return absentOrPast(claims, "nbf") && absentOrPast(claims, "iat") ? Optional.empty() : Optional.of(Doubt.TIME);
    }

    private static boolean saysNoCredential(JsonObject claims) {
        return LOOSE_TYPE_CLAIMS.stream()
                .anyMatch(name -> claims.getValue(name) instanceof String type
                        && NO_CREDENTIALS.contains(type.toLowerCase(Locale.ROOT)));
    }

    private Optional<Recognized> identified(Jwt jwt) {
        var claims = jwt.claims();
        var account = account(claims);
        var expiry = time(claims, "exp");
        if (account.isEmpty() || expiry.isEmpty() || !hasPlainSession(claims)) {
            doubts.refused(account.isEmpty() ? Doubt.SUBJECT : expiry.isEmpty() ? Doubt.EXPIRY : Doubt.SESSION);
            return Optional.empty();
        }
        var end = expiry.get().plus(settings.leeway()); // from then on it is not accepted any more
        if (!clock.instant().isBefore(end)) {
            throw new Refused(new Problem.SessionExpired());
        }
        var identity = new Identity(
                account.get(), email.flatMap(claim -> claim.text(claims)), role.flatMap(claim -> claim.text(claims)));
        if (role.isPresent() && identity.role().isEmpty()) {
            doubts.accepted(Doubt.ROLE);
        }
        var recognized = session.flatMap(claim -> claim.id(claims))
                .map(id -> ofSession(id, identity, claims, end))
                .orElseGet(() -> new Recognized(
                        identity, List.of(), time(claims, "iat"), new Credential(jwt.fingerprint(), end), end));
        return Optional.of(recognized);
    }

    private Optional<Account> account(JsonObject claims) {
        var in = realm.isPresent()
                ? realm.flatMap(claim -> claim.text(claims)).filter(settings.realms()::contains)
                : Optional.of(settings.realm());
        return in.flatMap(name -> subject.id(claims).map(id -> new Account(name, id)));
    }

    private boolean hasPlainSession(JsonObject claims) {
        return session.filter(claim -> !claim.absent(claims) && claim.id(claims).isEmpty())
                .isEmpty();
    }

    /**
     * All tokens of a legacy session are one credential, which ends by our ttl and not with any of them; after it has ended
     * here it is refused for a ttl more, however fresh the token. When it was made is when its owner logged in, where the token says it: {@code
     * iat} of a refreshed token tells nothing about that (OpenID Connect Core, section 2). No separator can be part of what it
     * separates, nor of any credential that a request carries.
     */
    private Recognized ofSession(String id, Identity identity, JsonObject claims, Instant tokenEnd) {
        var account = identity.account();
        var name = String.join("\n", "session", settings.name(), account.realm(), account.subject(), id);
        var end = clock.instant().plus(sessionTtl.multipliedBy(2));
        return new Recognized(
                identity,
                List.of(),
                time(claims, "auth_time").or(() -> time(claims, "iat")),
                new Credential(Fingerprint.of(name), end),
                tokenEnd);
    }

    private static boolean names(JsonObject claims, String audience) {
        var value = claims.getValue("aud");
        return audience.equals(value) || (value instanceof JsonArray several && several.contains(audience));
    }

    private static boolean absentOrOneOf(JsonObject json, String name, Set<String> values) {
        return !json.containsKey(name)
                || (json.getValue(name) instanceof String text && values.contains(text.toLowerCase(Locale.ROOT)));
    }

    private boolean absentOrPast(JsonObject claims, String name) {
        return !claims.containsKey(name)
                || time(claims, name)
                        .map(time -> !time.isAfter(clock.instant().plus(settings.leeway())))
                        .orElse(false);
    }

    @Override
    public void close() {
        keys.close();
    }

    /** NumericDate (RFC 7519, section 2): seconds, maybe with a fraction. Empty when it is no number. */
    private static Optional<Instant> time(JsonObject claims, String name) {
        if (!(claims.getValue(name) instanceof Number seconds)) {
            return Optional.empty();
        }
        double value = Math.floor(seconds.doubleValue()); // a long is exact in it for millions of years
        return Optional.of(
                value >= LATEST.getEpochSecond() ? LATEST : Instant.ofEpochSecond((long) Math.max(value, 0)));
    }
}
