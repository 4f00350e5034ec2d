package io.portcullis.domain.login;

import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.session.Session;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Networks from which the second factor of some roles is skipped. A session that skipped it so has none for a request from
 * anywhere else. For any thread.
 */
public final class TrustedNetworks {
    public static final TrustedNetworks NONE = new TrustedNetworks(Set.of(), address -> false);

    private final Set<String> roles;
    private final Predicate<String> networks;

    /** {@code networks} tells whether an address, as text, is in one of them; it is asked on every request that depends on it. */
    public TrustedNetworks(Set<String> roles, Predicate<String> networks) {
        this.roles = Set.copyOf(roles);
        this.networks = networks;
    }

    /** Whether somebody at this address may skip the second factor. */
    boolean vouchFor(Identity identity, String address) {
        return identity.role().filter(roles::contains).isPresent() && networks.test(address);
    }

    /** Whether all that was verified in the session counts for a request from this address. */
    public boolean counts(Session session, String address) {
        return !session.verified().containsKey(Method.NETWORK) || vouchFor(session.identity(), address);
    }

    /** The session as it counts for a request from this address. */
    Session from(String address, Session session) {
        return counts(session, address) ? session : session.without(Method.NETWORK);
    }
}
