package io.portcullis.domain;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.IdentitySource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A token source that vouches for the tokens it was told of. */
public final class KnownTokens implements IdentitySource {
    private final Map<String, Recognized> tokens = new HashMap<>();
    private final InstantSource clock;

    public KnownTokens(InstantSource clock) {
        this.clock = clock;
    }

    public void accept(String token, Account account, Instant expiresAt) {
        accept(token, account, expiresAt, Optional.of(clock.instant()));
    }

    /** One that does not say when it was made. */
    public void acceptUndated(String token, Account account, Instant expiresAt) {
        accept(token, account, expiresAt, Optional.empty());
    }

    private void accept(String token, Account account, Instant expiresAt, Optional<Instant> issuedAt) {
        var identity = new Identity(account, Optional.of(account.subject() + "@example.com"), Optional.of("admin"));
        tokens.put(
                token,
                new Recognized(
                        identity,
                        List.of("pwd"),
                        issuedAt,
                        new Credential(Fingerprint.of(token), expiresAt),
                        expiresAt));
    }

    public void refuse(String token) {
        tokens.remove(token);
    }

    @Override
    public String name() {
        return "jwt";
    }

    @Override
    public boolean reads(Carried carried) {
        return true;
    }

    @Override
    public boolean asksElsewhere() {
        return false;
    }

    @Override
    public Optional<Recognized> recognize(String credential) {
        var known = Optional.ofNullable(tokens.get(credential));
        if (known.isPresent()
                && !clock.instant().isBefore(known.get().credential().expiresAt())) {
            throw new Refused(new Problem.SessionExpired());
        }
        return known;
    }
}
