package io.portcullis.adapter.identity;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an operator why a source accepts no tokens, which clients are not told: each reason at most once in ten minutes, as anybody may send tokens, and
 * nothing of the token. For any thread.
 */
final class Doubts {
    private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);
    private static final long PAUSE = Duration.ofMinutes(10).toNanos();

    private final String source;
    private final ConcurrentMap<Doubt, Long> toldAt = new ConcurrentHashMap<>();

    /** What stands against a token, in words that follow "a token". */
    enum Doubt {
        ALGORITHM("whose alg is not the algorithm of the config"),
        HEADER("whose header says that it is no access token (typ), or asks for what is not known here (crit, kid)"),
        ISSUER("whose iss is not the issuer of the config"),
        AUDIENCE("whose aud has not the audience of the config"),
        USE("that says itself that it is no access token (typ, token_use, token_type, type)"),
        TIME("of the future (nbf, iat): compare the clocks"),
        SIGNATURE("whose signature does not fit the secret or key of the config"),
        SUBJECT("without the claim that claims.subject names, or of a realm that is not in realms"),
        EXPIRY("without exp, which would be good for ever"),
        SESSION("whose claim of claims.session is no text"),
        ROLE("without the claim that claims.role names, which so has no role");

        private final String told;

        Doubt(String told) {
            this.told = told;
        }
    }

    Doubts(String source) {
        this.source = source;
    }

    void refused(Doubt doubt) {
        tell(doubt, "identity source {} does not accept a token {}");
    }

    void accepted(Doubt doubt) {
        tell(doubt, "identity source {} accepts a token {}");
    }

    private void tell(Doubt doubt, String form) {
        long now = System.nanoTime();
        var last = toldAt.get(doubt);
        boolean due = last == null
                ? toldAt.putIfAbsent(doubt, now) == null
                : now - last > PAUSE && toldAt.replace(doubt, last, now);
        if (due) {
            LOG.warn(form + ". Told at most once in ten minutes.", source, doubt.told);
        }
    }
}
