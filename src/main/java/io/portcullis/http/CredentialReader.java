package io.portcullis.http;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.OwnToken;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds every credential that a request carries, wherever the config says that one can be. On event loops. */
public final class CredentialReader {
    private final Set<String> cookies;
    private final String sessionCookie;

    /** Reads {@code Authorization: Bearer}, the cookies of others, and our own session cookie. */
    public CredentialReader(Set<String> cookies, String sessionCookie) {
        this.cookies = Set.copyOf(cookies);
        this.sessionCookie = sessionCookie;
    }

    /**
     * All of them, the bearer first.
     *
     * @throws Refused {@code InvalidRequest} where two servers could pick different ones: two {@code Authorization}
     *     headers, one cookie twice
     *     or in a spelling that only some servers read as its name
     */
    public List<Carried> read(HttpServerRequest request) {
        var carried = new ArrayList<Carried>(1);
        var authorizations = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        if (authorizations.size() > 1) {
            throw new Refused(Problem.InvalidRequest.field("Authorization", "send one Authorization header"));
        }
        for (var authorization : authorizations) {
            var token = BearerToken.in(authorization);
            if (token != null) {
                carried.add(Carried.bearer(token));
            }
        }
        if (!request.headers().contains(HttpHeaders.COOKIE)) {
            return carried;
        }
        for (var name : cookies) {
            if (CookieHeader.hasOtherSpelling(request.headers().getAll(HttpHeaders.COOKIE), name)) {
                throw new Refused(
                        Problem.InvalidRequest.field("Cookie", "spell the cookie " + name + " as it was set"));
            }
            one(request.headers(), name)
                    .filter(value -> !OwnToken.is(value)) // ours are in our cookie or a bearer
                    .ifPresent(value -> carried.add(Carried.cookie(name, value)));
        }
        // No backend ever gets ours, so nobody can read it otherwise: what is none of our tokens is nothing.
        CookieHeader.values(request.headers().getAll(HttpHeaders.COOKIE), sessionCookie).stream()
                .filter(OwnToken::is)
                .distinct()
                .forEach(token -> carried.add(Carried.cookie(sessionCookie, token)));
        return carried;
    }

    /** The token of the first {@code Authorization: Bearer}; whether it is worth anything is not said. */
    public static Optional<String> bearer(MultiMap headers) {
        var authorization = headers.get(HttpHeaders.AUTHORIZATION);
        return authorization == null ? Optional.empty() : Optional.ofNullable(BearerToken.in(authorization));
    }

    /**
     * The value of a cookie.
     *
     * @throws Refused {@code InvalidRequest} when it is there twice
     */
    public static Optional<String> one(MultiMap headers, String name) {
        var found = CookieHeader.values(headers.getAll(HttpHeaders.COOKIE), name);
        if (found.size() > 1) {
            throw new Refused(Problem.InvalidRequest.field("Cookie", "send the cookie " + name + " once"));
        }
        return found.stream().filter(value -> !value.isEmpty()).findFirst();
    }
}
