package io.portcullis.adapter.identity;

/** The keys that tokens of one source may be signed with. May be called on any thread but an event loop. */
public interface JwtKeys extends AutoCloseable {
    /**
     * Whether one of them made the token's signature. The token's {@code kid} says which to try, and nothing else of it is
     * looked at.
     *
     * @throws io.portcullis.domain.error.Refused with {@code UpstreamUnavailable} when that cannot be known, because who
     *     publishes the keys does not answer
     */
    boolean signed(Jwt jwt);

    @Override
    default void close() {}

    /**
     * The one key of the config file: a secret, or a public key as PEM or as a JSON Web Key.
     *
     * @throws IllegalArgumentException when it is not one for the algorithm, or a secret that is not secret enough
     */
    static JwtKeys fixed(String algorithm, String text) {
        var key = JwtKey.of(algorithm, text);
        return jwt -> jwt.signed().by(key);
    }
}
