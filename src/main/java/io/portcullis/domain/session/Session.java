package io.portcullis.domain.session;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
 * @param verified the second factors passed with this credential, each with the time of its last proof; of a remembered
 *     device the time of the proof it was remembered for
 * @param lastSeenAt when it was used last, in milliseconds; some uses later at the most, see {@link #touchDue}
 * @param idle how long it may stay unused
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
        Instant lastSeenAt,
        Duration idle,
        Client client,
        long securityVersion) {
    /** A use is noted that often at the most, so that a busy session costs the store next to nothing. */
    private static final Duration NOTED_EVERY = Duration.ofSeconds(60);

    public Session {
        firstFactor = List.copyOf(firstFactor);
        verified =
                Collections.unmodifiableMap(verified.isEmpty() ? new EnumMap<>(Method.class) : new EnumMap<>(verified));
        lastSeenAt = lastSeenAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A session that begins now; it lives the settings' {@code ttl} at the most, and never longer than its credential. */
    public static Session begin(
            Credential credential,
            String source,
            Identity identity,
            List<String> firstFactor,
            Client client,
            Instant now,
            SessionSettings settings,
            long securityVersion) {
        var latest = now.plus(settings.ttl());
        var end = credential.expiresAt().isBefore(latest) ? credential.expiresAt() : latest;
        return new Session(
                credential,
                source,
                identity,
                firstFactor,
                Map.of(),
                now,
                end,
                now,
                settings.idle(),
                client,
                securityVersion);
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

    /** When the second factor was proved last with this credential; what stood in for a proof is none. */
    public Optional<Instant> verifiedAt() {
        return verified.entrySet().stream()
                .filter(proof -> proof.getKey().isProof())
                .map(Map.Entry::getValue)
                .max(Instant::compareTo);
    }

    public boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Whether it stayed unused for too long: it is over then, as if it had expired. */
    public boolean idledOut(Instant now) {
        return !now.isBefore(lastSeenAt.plus(idle));
    }

    /** Whether a use now is to be noted. */
    public boolean touchDue(Instant now) {
        var quarter = idle.dividedBy(4);
        return !now.isBefore(lastSeenAt.plus(quarter.compareTo(NOTED_EVERY) < 0 ? quarter : NOTED_EVERY));
    }

    /** This session, used now. */
    public Session seen(Instant now) {
        return with(verified, now, securityVersion);
    }

    /** This session after its second factor was proved. */
    public Session elevated(Method method, Instant now) {
        var proofs = new EnumMap<Method, Instant>(Method.class);
        proofs.putAll(verified);
        proofs.put(method, now);
        return with(proofs, lastSeenAt, securityVersion);
    }

    /** This session as if its second factor had not been passed that way. */
    public Session without(Method method) {
        var proofs = new EnumMap<Method, Instant>(Method.class);
        proofs.putAll(verified);
        proofs.remove(method);
        return with(proofs, lastSeenAt, securityVersion);
    }

    /** This session with no second factor, as the one that outlives a change of its account's security version. */
    public Session lowered(long version) {
        return with(Map.of(), lastSeenAt, version);
    }

    /** This session with all its proofs, as the one that outlives the end of all others. */
    public Session renewed(long version) {
        return with(verified, lastSeenAt, version);
    }

    /** This session of an account about which its source says something else now, such as another role. */
    public Session of(Identity now) {
        return of(credential, source, now, expiresAt, lastSeenAt);
    }

    /** This session under another credential of the gateway's own, which lives as long. */
    public Session movedTo(Credential next) {
        return of(next, source, identity, expiresAt, lastSeenAt);
    }

    /**
     * This session with all its proofs, under a credential that its maker gave for the one before. However often that happens, it
     * lives the settings' {@code ttl} from its beginning at the most.
     */
    public Session refreshed(
            Credential next, String nextSource, Identity today, Instant now, SessionSettings settings) {
        var latest = createdAt.plus(settings.ttl());
        var end = next.expiresAt().isBefore(latest) ? next.expiresAt() : latest;
        return of(next, nextSource, today, end, now);
    }

    private Session of(Credential by, String from, Identity whose, Instant end, Instant seenAt) {
        return new Session(
                by, from, whose, firstFactor, verified, createdAt, end, seenAt, idle, client, securityVersion);
    }

    private Session with(Map<Method, Instant> proofs, Instant seenAt, long version) {
        return new Session(
                credential, source, identity, firstFactor, proofs, createdAt, expiresAt, seenAt, idle, client, version);
    }
}
