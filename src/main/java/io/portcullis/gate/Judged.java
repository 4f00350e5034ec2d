package io.portcullis.gate;

import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.OwnToken;
import io.portcullis.gate.Rule.Access;
import io.portcullis.http.RequestOrigin;
import io.portcullis.http.Sender;
import io.portcullis.proxy.Forwarding;
import io.portcullis.proxy.TunnelWatch;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request on its way through the gate.
 *
 * @param carried the credentials it came with, where the rule asks for one
 * @param passport whose it was found to be
 * @param outcome what its decision leads to
 */
record Judged(
        HttpServerRequest request,
        RequestOrigin origin,
        RequestTarget target,
        Rule rule,
        List<Carried> carried,
        Optional<Passport> passport,
        Outcome outcome) {

    /** For a rule that asks nobody who they are. */
    static Judged unasked(
            HttpServerRequest request, RequestOrigin origin, RequestTarget target, Rule rule, Outcome outcome) {
        return new Judged(request, origin, target, rule, List.of(), Optional.empty(), outcome);
    }

    static Judged asked(
            HttpServerRequest request,
            RequestOrigin origin,
            RequestTarget target,
            Rule rule,
            List<Carried> carried,
            Outcome outcome) {
        return new Judged(request, origin, target, rule, carried, Optional.empty(), outcome);
    }

    Judged by(Passport found) {
        return new Judged(request, origin, target, rule, carried, Optional.of(found), outcome);
    }

    Client client() {
        return Sender.client(request, origin);
    }

    /** How it is sent on: with the judged credential and no other. */
    Forwarding forwarding(Map<String, String> answerHeaders, Optional<TunnelWatch> tunnelWatch) {
        // A backend may know more schemes than Bearer: beside a cookie that was judged none of them was.
        // And a token of our own is nobody else's business.
        boolean dropAuthorization = passport.map(known -> carried.get(known.carriedAt()))
                .filter(judged -> judged.cookie().isPresent() || OwnToken.is(judged.credential()))
                .isPresent();
        var droppedCookies = new HashSet<String>();
        if (passport.isPresent()) {
            for (int i = 0; i < carried.size(); i++) {
                if (i != passport.get().carriedAt()) {
                    carried.get(i).cookie().ifPresent(droppedCookies::add);
                }
            }
        }
        return new Forwarding(
                rule.upstream(),
                origin,
                passport.map(known -> known.stamp().forUpstream(rule.upstream()))
                        .orElse(List.of()),
                droppedCookies,
                dropAuthorization,
                answerHeaders,
                rule.access() == Access.TWO_FACTOR,
                rule.limits(),
                tunnelWatch);
    }
}
