package io.portcullis.pages;

import java.util.Set;

/** Where the pages are, to the letter. */
final class Paths {
    /** Under it are our routes, for programs and for people. */
    static final String OWN = "/auth/";

    static final String BASE = OWN + "ui";
    static final String LOGIN = PageName.LOGIN.path();
    static final String VERIFY = PageName.VERIFY.path();
    static final String SETUP = PageName.SETUP.path();
    static final String SETTINGS = PageName.SETTINGS.path();
    static final String DISABLE = BASE + "/disable";
    static final String REMOVE = BASE + "/remove";
    static final String RECOVERY_CODES = BASE + "/recovery-codes";
    static final String LOGOUT = BASE + "/logout";
    static final String SCRIPT = BASE + "/app.js";
    static final String LOGO = BASE + "/logo";

    static final Set<String> ALL =
            Set.of(BASE, LOGIN, VERIFY, SETUP, SETTINGS, DISABLE, REMOVE, RECOVERY_CODES, LOGOUT, SCRIPT, LOGO);

    private Paths() {}
}
