package io.portcullis.gate;

import io.portcullis.domain.login.Recognize;
import io.portcullis.domain.login.TrustedNetworks;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.http.ControlPlane;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** From the credentials of a request to its caller: out of the leased cache, else out of the stores. On event loops. */
public final class Passports {
    private final Recognize recognize;
    private final PassportCache cache;
    private final TrustedNetworks trustedNetworks;
    private final Assertions assertions;
    private final ControlPlane controlPlane;
    private final InstantSource clock;

    public Passports(
            Recognize recognize,
            PassportCache cache,
            TrustedNetworks trustedNetworks,
            Assertions assertions,
            ControlPlane controlPlane,
            InstantSource clock) {
        this.recognize = recognize;
        this.cache = cache;
        this.trustedNetworks = trustedNetworks;
        this.assertions = assertions;
        this.controlPlane = controlPlane;
        this.clock = clock;
    }

    /**
     * The caller as remembered. Good for letting through alone: a second factor may have been passed since, and whoever
     * passed one is let in by the very next request. What a trusted network stands for is remembered for that network alone.
     */
    Optional<Passport> remembered(List<Carried> carried, String address) {
        return carried.size() == 1
                ? cache.find(Fingerprint.of(carried.getFirst().credential()))
                        .filter(this::current)
                        .filter(known -> trustedNetworks.counts(known.caller().session(), address))
                : Optional.empty();
    }

    private boolean current(Passport known) {
        var session = known.caller().session();
        var now = clock.instant();
        return now.isBefore(known.caller().until()) && !session.expired(now) && !session.idledOut(now);
    }

    /** Asks the stores. Fails with {@code Refused} when there is no valid credential, when there are two of different accounts, or when a store is down. */
    Future<Passport> find(List<Carried> carried, Client client) {
        long readAt = cache.epoch();
        return controlPlane.run(() -> recognize.recognize(carried, client)).map(judged -> {
            var caller = judged.caller();
            var passport = new Passport(caller, assertions.of(caller.session()), judged.index());
            if (carried.size() == 1) {
                cache.keep(readAt, Fingerprint.of(carried.getFirst().credential()), passport);
            }
            return passport;
        });
    }
}
