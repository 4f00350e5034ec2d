package io.portcullis.domain.login;

import io.portcullis.domain.account.Identity;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Standing;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.IdentitySource;
import io.portcullis.domain.session.IdentitySource.Recognized;
import io.portcullis.domain.session.OwnToken;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.SessionSettings;
import io.portcullis.domain.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * From a credential to its session. Whoever made the credential, it is {@code one-factor} unless a session of ours says
 * that its second factor was passed.
 */
public final class Recognize {
    /** How far the clock of a token's maker may be behind ours; a login right after must not look like one before. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(60);

    private final List<IdentitySource> sources;
    private final Map<String, LoginSource> logins;
    private final Sessions sessions;
    private final Accounts accounts;
    private final TrustedNetworks trustedNetworks;
    private final SessionSettings settings;
    private final InstantSource clock;

    /** Asks the sources in order; {@code logins} vouch for what no source can name. */
    public Recognize(
            List<IdentitySource> sources,
            List<LoginSource> logins,
            Sessions sessions,
            Accounts accounts,
            TrustedNetworks trustedNetworks,
            SessionSettings settings,
            InstantSource clock) {
        this.sources = List.copyOf(sources);
        this.logins = logins.stream().collect(Collectors.toUnmodifiableMap(LoginSource::name, login -> login));
        this.sessions = sessions;
        this.accounts = accounts;
        this.trustedNetworks = trustedNetworks;
        this.settings = settings;
        this.clock = clock;
    }

    /** The credential that a request is judged by: the one at {@code index} of those it carried. */
    public record Judged(Caller caller, int index) {}

    /**
     * Several credentials must be of one account; the strongest is the judged one.
     *
     * @throws Refused {@code AuthRequired}, {@code SessionExpired}, or {@code InvalidRequest} for two accounts
     */
    public Judged recognize(List<Carried> credentials, Client client) {
        if (credentials.isEmpty()) {
            throw new Refused(new Problem.AuthRequired());
        }
        var judged = Optional.<Judged>empty();
        for (int i = 0; i < credentials.size(); i++) {
            var caller = recognize(credentials.get(i), client, credentials.size() > 1);
            if (caller.isPresent()) {
                judged = Optional.of(stronger(judged, new Judged(caller.get(), i)));
            }
        }
        return judged.orElseThrow(() -> new Refused(new Problem.AuthRequired()));
    }

    private static Judged stronger(Optional<Judged> before, Judged next) {
        if (before.isEmpty()) {
            return next;
        }
        var session = before.get().caller().session();
        if (!next.caller().session().account().equals(session.account())) {
            throw new Refused(
                    Problem.InvalidRequest.field("credentials", "send one credential, or several of one account"));
        }
        return next.caller().session().level().compareTo(session.level()) > 0 ? next : before.get();
    }

    /**
     * Beside another credential a token of our own that is dead is nothing: no backend gets it, and a browser keeps the
     * cookie of a session that was ended elsewhere.
     */
    private Optional<Caller> recognize(Carried carried, Client client, boolean besideAnother) {
        try {
            return Optional.of(recognize(carried, client));
        } catch (Refused refused) {
            boolean dead = refused.problem() instanceof Problem.AuthRequired
                    || refused.problem() instanceof Problem.SessionExpired;
            if (besideAnother && dead && OwnToken.is(carried.credential())) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private Caller recognize(Carried carried, Client client) {
        var recognized = recognizedBySource(carried);
        var fingerprint =
                recognized.map(by -> by.recognized().credential().fingerprint()).orElseGet(carried::fingerprint);
        var vouched = sessions.find(fingerprint).flatMap(session -> vouchedFor(session, recognized));
        if (vouched.isEmpty() && recognized.isEmpty()) {
            throw new Refused(new Problem.AuthRequired());
        }
        var account = vouched.map(known -> known.session().account())
                .orElseGet(
                        () -> recognized.orElseThrow().recognized().identity().account());
        var standing = accounts.standing(account, fingerprint);
        if (standing.credentialRevoked() || (vouched.isEmpty() && endedBefore(recognized.orElseThrow(), standing))) {
            throw new Refused(new Problem.AuthRequired());
        }
        var now = clock.instant();
        var known = vouched.filter(one -> !beginsAgain(one.session(), recognized, standing, now))
                .orElseGet(() -> opened(recognized.orElseThrow(), standing, client));
        var session = known.session();
        boolean ofAnother = !session.account().equals(account); // the source names somebody else since it was opened
        if (ofAnother || session.securityVersion() != standing.securityVersion()) {
            throw new Refused(new Problem.AuthRequired());
        }
        if (session.expired(now) || session.idledOut(now)) {
            throw new Refused(new Problem.SessionExpired());
        }
        var current = used(today(session, known.identity()), now);
        return new Caller(trustedNetworks.from(client.address(), current), standing, known.until());
    }

    /** A session, and what is said today of whose it is. */
    private record Known(Session session, Identity identity, Instant until) {}

    private Known opened(Vouched vouched, Standing standing, Client client) {
        var session = sessions.open(firstSeen(vouched, standing.securityVersion(), client));
        return new Known(
                session, vouched.recognized().identity(), vouched.recognized().until());
    }

    /** The source has the last word on role and e-mail; every instance is to forget what it said before. */
    private Session today(Session session, Identity identity) {
        if (session.identity().equals(identity)) {
            return session;
        }
        var changed = session.of(identity);
        sessions.put(changed);
        sessions.invalidate(changed.account());
        return changed;
    }

    /**
     * A session that idled out begins again, as {@code one-factor}, where a token source vouches for its credential. One that
     * was ended is remembered until it expires, and does not.
     */
    private static boolean beginsAgain(Session known, Optional<Vouched> recognized, Standing standing, Instant now) {
        return recognized.isPresent() && known.idledOut(now) && known.securityVersion() == standing.securityVersion();
    }

    private Session used(Session session, Instant now) {
        if (!session.touchDue(now)) {
            return session;
        }
        sessions.touch(session, now);
        return session.seen(now);
    }

    private record Vouched(String source, Recognized recognized) {}

    private Optional<Vouched> recognizedBySource(Carried carried) {
        for (var source : sources) {
            if (source.reads(carried)) {
                var recognized = source.recognize(carried.credential());
                if (recognized.isPresent()) {
                    return Optional.of(new Vouched(source.name(), recognized.get()));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * A session that came through an identity source lives only as long as that source accepts the credential: a changed key or
     * audience ends it at once. One that began at a login has that login's source to vouch for it. A source that is
     * in the config no more vouches for nothing.
     */
    private Optional<Known> vouchedFor(Session session, Optional<Vouched> vouched) {
        if (vouched.isPresent()) {
            var named = vouched.get().recognized();
            return named.identity().account().equals(session.account())
                    ? Optional.of(new Known(session, named.identity(), named.until()))
                    : Optional.empty();
        }
        return Optional.ofNullable(logins.get(session.source()))
                .flatMap(login -> login.current(session))
                .filter(current -> current.identity().account().equals(session.account()))
                .map(current -> new Known(session, current.identity(), current.until()));
    }

    /**
     * Redis knows which sessions were ended; should it lose its memory, the time of a token tells. One that does not say when
     * it was made cannot be told from one that was made after.
     */
    private static boolean endedBefore(Vouched vouched, Standing standing) {
        return standing.credentialsValidSince()
                .flatMap(since -> vouched.recognized()
                        .issuedAt()
                        .map(at -> at.plus(CLOCKS_APART).isBefore(since)))
                .orElse(false);
    }

    private Session firstSeen(Vouched vouched, long securityVersion, Client client) {
        var recognized = vouched.recognized();
        return Session.begin(
                recognized.credential(),
                vouched.source(),
                recognized.identity(),
                recognized.amr(),
                client,
                clock.instant(),
                settings,
                securityVersion);
    }
}
