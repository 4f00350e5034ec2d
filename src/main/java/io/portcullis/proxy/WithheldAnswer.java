package io.portcullis.proxy;

import io.portcullis.domain.capture.WatchHandOut.Verdict;
import io.portcullis.http.Cors;
import io.portcullis.http.LoginCookie;
import io.portcullis.http.Navigating;
import io.portcullis.http.NextPath;
import io.portcullis.http.OwnHeaders;
import io.portcullis.http.RequestOrigin;
import io.portcullis.http.SameSite;
import io.portcullis.http.SecondFactorNeeded;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;

/** What a login is answered while the backend's answer is withheld: JSON for a program, the verify page for a person. On event loops. */
public final class WithheldAnswer {
    private final LoginCookie loginCookie;
    private final Cors cors;
    private final SameSite sameSite;
    private final String verifyPage;

    /** @param verifyPage a local path */
    public WithheldAnswer(LoginCookie loginCookie, Cors cors, SameSite sameSite, URI publicUrl, String verifyPage) {
        this.loginCookie = loginCookie;
        this.cors = cors;
        this.sameSite = sameSite;
        this.verifyPage = publicUrl.getScheme() + "://" + publicUrl.getRawAuthority() + verifyPage;
    }

    /** @param form whether the login is an HTML form, whose answer a browser shows unless the client says that it is another program */
    Future<Void> send(HttpServerRequest request, RequestOrigin origin, Verdict.Withheld withheld, boolean form) {
        var response = request.response();
        OwnHeaders.put(response.headers(), origin);
        cors.permit(request, response.headers());
        var needed = withheld.needed();
        if (!sameSite.isForeign(request)) { // else any site could make this browser verify the login of somebody else
            response.headers().add(HttpHeaders.SET_COOKIE, loginCookie.holding(needed.tempToken(), needed.expiresIn()));
        }
        boolean toPage = form ? !Navigating.isProgram(request) : Navigating.is(request);
        if (toPage) {
            // See Other: the browser must not send the password to the page (RFC 9110, section 15.4.4).
            return response.setStatusCode(303)
                    .putHeader(
                            HttpHeaders.LOCATION,
                            NextPath.on(verifyPage, withheld.destination().orElse("/")))
                    .end();
        }
        return response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(SecondFactorNeeded.json(needed).toBuffer());
    }
}
