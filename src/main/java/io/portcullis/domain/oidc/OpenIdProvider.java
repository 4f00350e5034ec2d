package io.portcullis.domain.oidc;

import io.portcullis.domain.account.Identity;
import java.net.URI;
import java.util.Optional;

/**
 * An OpenID provider at which people log in (OpenID Connect Core 1.0, authorization code with PKCE). Every method blocks,
 * may be called on any virtual thread, and throws {@link io.portcullis.domain.error.Refused} with
 * {@code UpstreamUnavailable} or {@code UpstreamTimeout} when the provider is needed and does not answer.
 */
public interface OpenIdProvider {
    /** The name of the source in the config. */
    String source();

    /** Where a browser is led to log in. */
    URI authorizationUrl(String state, OidcLogin login);

    /**
     * Whether an answer in the browser comes from this provider, and not from another that the person was led to (RFC 9207).
     *
     * @param issuer the parameter {@code iss} of the answer
     */
    boolean answered(Optional<String> issuer);

    /**
     * Redeems a code, once.
     *
     * @throws io.portcullis.domain.error.Refused {@code TokenInvalid} when the provider does not take the code, or what it
     *     gives for it does not prove who logged in
     */
    Identity redeem(String code, OidcLogin login);

    /** Where a browser is led to end the session there too, and from there to a page of ours; empty where there is no such place. */
    Optional<URI> logoutUrl();
}
