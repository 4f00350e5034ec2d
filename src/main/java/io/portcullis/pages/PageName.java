package io.portcullis.pages;

import java.util.Locale;

/** The pages that a path of the application can lead to. */
public enum PageName {
    LOGIN,
    SETUP,
    VERIFY,
    SETTINGS;

    /** Where it is served. */
    public String path() {
        return Paths.BASE + "/" + name().toLowerCase(Locale.ROOT);
    }
}
