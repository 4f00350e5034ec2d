package io.portcullis.domain.capture;

import io.portcullis.domain.session.SourceSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A legacy login that the gateway watches, and the other routes of the same backend that hand out its credential. Places in
 * bodies are JSON pointers (RFC 6901).
 *
 * @param realm of accounts that no other source names
 * @param fields where a login request has what
 * @param logout the legacy logout; it ends the gateway's session too
 */
public record CaptureSettings(
        String name,
        String realm,
        Fields fields,
        HandOut login,
        Optional<HandOut> refresh,
        Optional<HandOut> reset,
        Optional<Route> logout)
        implements SourceSettings {
    /** One route of the legacy backend: the method in upper case, the path exact. */
    public record Route(String method, String path) {}

    /**
     * Of a login request.
     *
     * @param form whether it is {@code application/x-www-form-urlencoded} and these are names of fields; else they are places in JSON
     * @param password used when the gateway itself logs in
     */
    public record Fields(boolean form, String email, String password) {}

    /** Why a backend hands out a credential. */
    public enum Occasion {
        LOGIN,
        /** A credential is given in exchange for an earlier one. */
        REFRESH,
        /** A new password was set, and whoever did it is logged in. */
        RESET
    }

    /**
     * A route that hands out the credential.
     *
     * @param upstream the name of the upstream that answers it
     */
    public record HandOut(Occasion occasion, String upstream, Route route, Success success) {}

    /**
     * What an answer looks like that hands out the credential. It is at {@code token} or in {@code cookie}.
     *
     * @param token where the body has the credential
     * @param cookie the name of the cookie that is the credential
     * @param user where the body has {@code {id, email, role}}
     * @param location the path that the answer redirects to, and that no failure redirects to
     * @param field a place in the body that says so
     */
    public record Success(
            int status,
            Optional<String> token,
            Optional<String> cookie,
            Optional<String> user,
            Optional<String> location,
            Optional<Field> field) {
        public Success {
            if (status < 200 || status > 399) {
                throw new IllegalArgumentException("login.success.status is from 200 to 399");
            }
            if (token.isPresent() == cookie.isPresent()) {
                throw new IllegalArgumentException("login.success.token is there, or cookie, and not both");
            }
        }

        /**
         * Whether an answer of another kind than this is known to be a failure, and not a success that looks unlike the usual one.
         * A token could be anywhere in such an answer; a cookie can only be in its head, where it is seen.
         */
        boolean tellsFailures() {
            return cookie.isPresent() || location.isPresent() || field.isPresent();
        }
    }

    /** A place in a JSON body, and the text, number or truth value there that means success, as text. */
    public record Field(String pointer, String expected) {}

    /** The name of the upstream of the login. */
    public String upstream() {
        return login.upstream();
    }

    /** Every route that hands out the credential. */
    public List<HandOut> handOuts() {
        return Stream.of(Optional.of(login), refresh, reset)
                .flatMap(Optional::stream)
                .toList();
    }
}
