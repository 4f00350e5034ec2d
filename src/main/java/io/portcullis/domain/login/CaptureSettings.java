package io.portcullis.domain.login;

import io.portcullis.domain.session.SourceSettings;
import java.util.Optional;

/**
 * A legacy login that the gateway watches. Places in bodies are JSON pointers (RFC 6901).
 *
 * @param upstream the name of the upstream that answers these routes
 * @param realm of accounts that no token source names
 * @param email where the login request has the e-mail
 * @param password where the login request has the password; used when the gateway itself logs in
 * @param status the status of a login that worked
 * @param token where its answer has the credential
 * @param user where its answer has {@code {id, email, role}}
 */
public record CaptureSettings(
        String name,
        String realm,
        String upstream,
        Route login,
        String email,
        String password,
        int status,
        String token,
        Optional<String> user,
        Optional<Route> logout)
        implements SourceSettings {
    /** One route of the legacy backend: the method in upper case, the path exact. */
    public record Route(String method, String path) {}

    public CaptureSettings {
        if (status < 200 || status > 299) {
            throw new IllegalArgumentException("login.success.status is from 200 to 299");
        }
    }
}
