package io.portcullis.pages;

import io.portcullis.api.Visit;
import io.portcullis.pages.Shown.Go;
import java.util.Map;
import java.util.Optional;

/** Switches the second factor off, on a fresh proof. */
final class DisablePage extends ProvedPage {
    DisablePage(Digits digits) {
        super("disable", digits);
    }

    @Override
    Shown change(Visit visit, Map<String, Optional<String>> proof) {
        visit.call("disable", proof);
        return new Go(Paths.SETTINGS + "?done=disabled");
    }
}
