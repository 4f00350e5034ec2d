package io.portcullis.domain.login;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.limits.ClientNetwork;
import io.portcullis.domain.limits.Policy;
import io.portcullis.domain.limits.Rate;
import io.portcullis.domain.limits.RateLimiter;
import io.portcullis.domain.limits.Take;
import io.portcullis.domain.limits.Ticket;
import io.portcullis.domain.session.Client;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Counts wrong passwords by the e-mail that was typed and the client's network, over all instances and all ways in. One is
 * taken before anybody compares the password, so that of many guesses at once only as many are compared as may fail.
 *
 * <p>Where none is left, the try is answered like wrong credentials, without comparing. That is quicker than a comparison,
 * and tells nothing: what is counted is what was typed, so an e-mail that nobody has behaves the same. Somebody who
 * guesses locks out nobody at another address.
 *
 * <p>Blocks, on virtual threads. Every method throws {@link Refused} with {@code StoreUnavailable} when the store does not
 * answer: what cannot be counted is not compared.
 */
public final class PasswordAttempts {
    /** What some database or program does not see in a text that it compares: spaces, controls, signs without width, accents. */
    private static final Pattern OVERLOOKED = Pattern.compile("[\\s\\p{Z}\\p{C}\\p{M}]+");

    private final RateLimiter limiter;
    private final Policy policy;

    public PasswordAttempts(RateLimiter limiter, Rate failures) {
        this.limiter = limiter;
        this.policy = new Policy("login", failures);
    }

    /** One try that counts as a wrong one until something else is said of it. */
    public final class Attempt {
        private final Optional<String> email;
        private final Client client;
        private final Ticket ticket;

        private Attempt(Optional<String> email, Client client, Ticket ticket) {
            this.email = email;
            this.client = client;
            this.ticket = ticket;
        }

        /**
         * The password was right: the earlier wrong ones are forgotten. Not so for an e-mail that is spelled unusually or was
         * not found in the request: there the right password of one account must not forget the guesses at another, which
         * are counted together.
         */
        public void succeeded() {
            if (email.filter(typed -> plain(typed).equals(folded(typed))).isPresent()) {
                limiter.clear(policy, key(email, client));
            } else {
                limiter.giveBack(ticket);
            }
        }

        /** Nobody said whether the password was right. */
        public void notCompared() {
            limiter.giveBack(ticket);
        }
    }

    /**
     * Takes one.
     *
     * @param email as it was typed; empty where the request has none that can be read, which are counted together
     * @throws Refused {@code InvalidCredentials} when none is left
     */
    public Attempt begin(Optional<String> email, Client client) {
        return switch (limiter.take(policy, key(email, client))) {
            case Take.Granted granted -> new Attempt(email, client, granted.ticket());
            case Take.Denied denied -> throw new Refused(new Problem.InvalidCredentials());
        };
    }

    /**
     * Compares as one try; empty when the password is wrong. A place that does not answer costs nothing.
     *
     * @throws Refused {@code InvalidCredentials} when none is left, or what {@code compare} throws
     */
    Optional<FirstFactor.Admitted> count(
            String email, Client client, Supplier<Optional<FirstFactor.Admitted>> compare) {
        var attempt = begin(Optional.of(email), client);
        Optional<FirstFactor.Admitted> admitted;
        try {
            admitted = compare.get();
        } catch (FirstFactor.Unclear compared) {
            throw new Refused(new Problem.UpstreamUnavailable());
        } catch (Refused noAnswer) {
            attempt.notCompared();
            throw noAnswer;
        }
        if (admitted.isPresent()) {
            attempt.succeeded();
        }
        return admitted;
    }

    private static String[] key(Optional<String> email, Client client) {
        return new String[] {email.map(PasswordAttempts::folded).orElse(""), ClientNetwork.of(client.address())};
    }

    /** One text for every spelling that some backend may take for the same e-mail: else each spelling would have tries of its own. */
    private static String folded(String email) {
        var seen = OVERLOOKED
                .matcher(Normalizer.normalize(email, Normalizer.Form.NFKD))
                .replaceAll("");
        return seen.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static String plain(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
