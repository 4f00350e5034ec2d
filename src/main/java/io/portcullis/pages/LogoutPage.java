package io.portcullis.pages;

import io.portcullis.api.Visit;
import io.portcullis.pages.Shown.Go;

/** Logs out, and leads to the login. */
final class LogoutPage implements Page {
    @Override
    public Shown get(Visit visit) {
        return new Go(Paths.SETTINGS); // where the button is: a link must not log anybody out
    }

    @Override
    public Shown post(Visit visit) {
        visit.call("logout");
        return new Go(Paths.LOGIN);
    }
}
