package io.portcullis.pages;

import io.portcullis.api.Visit;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.http.LoginCookie;
import io.portcullis.http.SessionCookie;
import io.portcullis.pages.Shown.Go;

/** Logs out, and leads to the login. */
final class LogoutPage implements Page {
    private final SessionCookie sessionCookie;
    private final LoginCookie loginCookie;

    LogoutPage(SessionCookie sessionCookie, LoginCookie loginCookie) {
        this.sessionCookie = sessionCookie;
        this.loginCookie = loginCookie;
    }

    @Override
    public Shown get(Visit visit) {
        return new Go(Paths.SETTINGS); // where the button is: a link must not log anybody out
    }

    /** Where nobody is logged in, or two people are, the person gets rid of the cookies all the same. */
    @Override
    public Shown post(Visit visit) {
        try {
            visit.call("logout");
        } catch (Refused refused) {
            switch (refused.problem()) {
                case Problem.AuthRequired nobody -> forget(visit);
                case Problem.SessionExpired ended -> forget(visit);
                case Problem.InvalidRequest several -> forget(visit);
                default -> throw refused;
            }
        }
        return new Go(Paths.LOGIN);
    }

    private void forget(Visit visit) {
        visit.set(sessionCookie.cleared());
        visit.set(loginCookie.cleared());
    }
}
