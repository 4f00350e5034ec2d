package io.portcullis.gate;

import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.Recognize;
import io.portcullis.domain.login.TrustedNetworks;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Sessions;
import io.portcullis.http.ControlPlane;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** From the credentials of a request to its caller: out of the leased cache, else out of the stores. On event loops. */
public final class Passports {
    private final Recognize recognize;
    private final PassportCache cache;
    private final Asking asking;
    private final Sessions sessions;
    private final TrustedNetworks trustedNetworks;
    private final Assertions assertions;
    private final ControlPlane controlPlane;
    private final InstantSource clock;

    public Passports(
            Recognize recognize,
            PassportCache cache,
            Asking asking,
            Sessions sessions,
            TrustedNetworks trustedNetworks,
            Assertions assertions,
            ControlPlane controlPlane,
            InstantSource clock) {
        this.recognize = recognize;
        this.cache = cache;
        this.asking = asking;
        this.sessions = sessions;
        this.trustedNetworks = trustedNetworks;
        this.assertions = assertions;
        this.controlPlane = controlPlane;
        this.clock = clock;
    }

    /**
     * The caller as remembered. Good for letting through alone: a second factor may have been passed since, and whoever
     * passed one is let in by the very next request. What a trusted network stands for is remembered for that network alone.
     */
    Optional<PassportCache.Found> remembered(List<Carried> carried, String address) {
        return carried.size() == 1
                ? cache.find(Fingerprint.of(carried.getFirst().credential()))
                        .filter(found -> current(found.passport()))
                        .filter(found ->
                                trustedNetworks.counts(found.passport().caller().session(), address))
                : Optional.empty();
    }

    /** What the stores said of this credential a moment ago. Good for refusing alone: who was refused since is still so. */
    Optional<Asking.Answer> refused(List<Carried> carried, String address) {
        return carried.size() == 1
                ? asking.remembered(question(carried, address)).filter(this::current)
                : Optional.empty();
    }

    private boolean current(Asking.Answer answer) {
        return !(answer instanceof Asking.Answer.Known known) || current(known.passport());
    }

    private boolean current(Passport known) {
        var session = known.caller().session();
        var now = clock.instant();
        return now.isBefore(known.caller().until()) && !session.expired(now) && !session.idledOut(now);
    }

    /** Asks the stores. Fails with {@code Refused} when there is no valid credential, when there are two of different accounts, or when a store is down. */
    Future<Passport> find(List<Carried> carried, Client client) {
        if (carried.size() != 1) {
            return controlPlane.run(() -> read(carried, client));
        }
        return controlPlane.run(() -> {
            var answer = asking.ask(
                    question(carried, client.address()), sessions::refusedHere, () -> readOne(carried, client));
            return switch (answer) {
                case Asking.Answer.Known known -> known.passport();
                case Asking.Answer.Unknown unknown -> throw new Refused(unknown.problem());
            };
        });
    }

    private Passport readOne(List<Carried> carried, Client client) {
        var readAt = cache.now();
        var passport = read(carried, client);
        cache.keep(readAt, Fingerprint.of(carried.getFirst().credential()), passport);
        return passport;
    }

    private Passport read(List<Carried> carried, Client client) {
        var judged = recognize.recognize(carried, client);
        var caller = judged.caller();
        return new Passport(caller, assertions.of(caller.session()), judged.index());
    }

    private static Asking.Question question(List<Carried> carried, String address) {
        return new Asking.Question(Fingerprint.of(carried.getFirst().credential()), address);
    }
}
