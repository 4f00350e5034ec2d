package io.portcullis.domain.oidc;

import io.portcullis.domain.session.Fingerprint;

/**
 * A login that is under way at an OpenID provider. Holds secrets, so it prints itself hidden.
 *
 * @param source the identity source of the provider
 * @param nonce what the ID token must repeat
 * @param verifier what the code is redeemed with (RFC 7636), 43 URL-safe characters
 * @param next the local path that the person wants to go to
 * @param browser of the secret in the cookie of the browser that began
 */
public record OidcLogin(String source, String nonce, String verifier, String next, Fingerprint browser) {
    @Override
    public String toString() {
        return "OidcLogin[hidden]";
    }
}
