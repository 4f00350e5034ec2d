package io.portcullis.domain.session;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the gateway knows about one credential.
 *
 * @param source the name of the identity source that the credential came from
 * @param firstFactor {@code amr} values of the first factor (RFC 8176), such as {@code pwd}
 * @param verified the second factors passed with this credential, each with the time of its last proof
 * @param securityVersion the account's version when the session began; a session older than its account is over
 */
public record Session(
        Credential credential,
        String source,
        Identity identity,
        List<String> firstFactor,
        Map<Method, Instant> verified,
        Instant createdAt,
        Instant expiresAt,
        Client client,
        long securityVersion) {

    public Session {
        firstFactor = List.copyOf(firstFactor);
        verified =
                Collections.unmodifiableMap(verified.isEmpty() ? new EnumMap<>(Method.class) : new EnumMap<>(verified));
    }

    /** A session that begins now; it lives {@code ttl} at the most, and never longer than its credential. */
    public static Session begin(
            Credential credential,
            String source,
            Identity identity,
            List<String> firstFactor,
            Client client,
            Instant now,
            Duration ttl,
            long securityVersion) {
        var latest = now.plus(ttl);
        var end = credential.expiresAt().isBefore(latest) ? credential.expiresAt() : latest;
        return new Session(credential, source, identity, firstFactor, Map.of(), now, end, client, securityVersion);
    }

    public Fingerprint fingerprint() {
        return credential.fingerprint();
    }

    public Account account() {
        return identity.account();
    }

    public Level level() {
        return verified.isEmpty() ? Level.ONE_FACTOR : Level.TWO_FACTOR;
    }

    /** All that was proved, first factor first (RFC 8176). */
    public List<String> amr() {
        var amr = new ArrayList<>(firstFactor);
        verified.keySet().forEach(method -> amr.add(method.amr()));
        return List.copyOf(amr);
    }

    /** When the second factor was proved last. */
    public Optional<Instant> verifiedAt() {
        return verified.values().stream().max(Instant::compareTo);
    }

    public boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** This session after its second factor was proved. */
    public Session elevated(Method method, Instant now) {
        var proofs = new EnumMap<Method, Instant>(Method.class);
        proofs.putAll(verified);
        proofs.put(method, now);
        return with(proofs, securityVersion);
    }

    /** This session with no second factor, as the one that outlives a change of its account's security version. */
    public Session lowered(long version) {
        return with(Map.of(), version);
    }

    private Session with(Map<Method, Instant> proofs, long version) {
        return new Session(credential, source, identity, firstFactor, proofs, createdAt, expiresAt, client, version);
    }
}
